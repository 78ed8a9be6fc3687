import { isThrough } from '../../protocol/entities.js';
import { mailboxesIn, type Need, type NeedAnswer } from '../../protocol/needs.js';
import { EVERYTHING } from '../../words/decision.js';
import { plural, showCount, showShortCount } from '../../words/units.js';
import { causeName, shortSide, whatToDo } from './errors.js';
import { stateReason, whatItAsks } from './states.js';
import type { TriageTarget } from './triage-target.js';

/** The place to which the key of a row leads, in one word. */
const LEADS: Readonly<Record<NeedAnswer, string>> = {
  password: 'password',
  certificate: 'certificate',
  errors: 'errors',
  doubles: 'copies',
  mailbox: 'mailbox',
};

export function needLeads({ answer }: Pick<Need, 'answer'>): string {
  return LEADS[answer];
}

/** The cause in a word: the response code, else the kind in brackets, else the state. */
export function needName({ cause, answer, mailboxes }: Need): string {
  if (answer === 'doubles') return 'second copies';
  if (cause !== null) return causeName(cause);
  const [first] = mailboxes;
  if (first?.state.kind === 'held') return 'held';
  return first && isThrough(first) ? 'not copied' : 'waits for long';
}

/** The mailbox, or the number of mailboxes. */
export function needWho({ mailboxes }: Pick<Need, 'mailboxes'>): string {
  const [first] = mailboxes;
  return mailboxes.length === 1 && first ? first.email : plural(mailboxes.length, 'mailbox', 'mailboxes');
}

/** The same with the side at which it failed, by which two causes of one name differ: `4 mailboxes, src`. */
export function needWhoAndSide(need: Pick<Need, 'mailboxes' | 'side'>): string {
  const who = needWho(need);
  if (need.side === null || need.mailboxes.length === 1) return who;
  return `${who}, ${shortSide(need.side)}`;
}

/** How many messages it is about, in little room: `4,912`; `all` where nobody could look into the mailboxes. */
export function needAmount({ messages }: Need): string {
  if (messages === null) return 'all';
  return messages > 0 ? showShortCount(messages) : '';
}

/** How many messages it is about, in words: `4,912 messages`, `36 second copies`. */
export function needAmountText({ messages, answer }: Need): string {
  if (messages === null) return 'nobody could look into it';
  if (answer === 'doubles') return plural(messages, 'second copy', 'second copies');
  return messages > 0 ? plural(messages, 'message') : '';
}

/** The next step, in few words. */
export function needTodo({ cause, answer, mailboxes }: Need): string {
  switch (answer) {
    case 'password':
      return mailboxes.length > 1 ? 'give the passwords' : 'give the password';
    case 'certificate':
      return 'trust it, or have it mended';
    case 'doubles':
      return 'nightferry quarantine';
    case 'errors':
      return cause === null ? '' : whatToDo(cause);
    case 'mailbox':
      return 'look why';
  }
}

/** The server's words; without any, the state. */
export function needSaid({ cause, mailboxes: [first] }: Need): string {
  return cause?.text ?? (first ? stateReason(first) : '');
}

/**
 * The question that the operator is asked; '' where there is none.
 *
 * @param typed  the batch as it is typed after a command
 */
export function needAsks({ mailboxes: [first] }: Need, typed: string): string {
  return first ? whatItAsks(first, typed) : '';
}

/** `needs you 30`, with the number of causes where rows are causes. */
export function needsTitle(rows: readonly Need[]): string {
  const mailboxes = mailboxesIn(rows);
  const causes = rows.length < mailboxes ? `, ${plural(rows.length, 'cause')}` : '';
  return `needs you ${showCount(mailboxes)}${causes}`;
}

/** The subject of an order on a row: the failures of its cause in its mailboxes. */
export function needTarget(need: Need | null): TriageTarget | null {
  if (need === null) return null;
  const { cause, mailboxes, side } = need;
  const filter = `mailbox:${mailboxes.map(({ email }) => `"${email.replaceAll('"', '*')}"`).join(',')}`;
  return {
    selection: { ...EVERYTHING, filter, groups: cause === null ? null : [cause.group] },
    called: needName(need),
    says: [needWho(need), needAmountText(need)].filter((one) => one !== '').join(': '),
    side,
    sample: null,
  };
}
