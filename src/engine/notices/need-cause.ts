import { isThrough, type MailboxEntity } from '../../protocol/entities.js';
import { settled } from '../../protocol/figures.js';
import type { Need } from '../../protocol/needs.js';
import type { Reason } from '../../words/reason.js';
import { withoutSide } from '../../words/reason-text.js';
import type { NeedCause } from './notice.js';

/** Needs that one step of the operator answers: one notice tells them. */
export interface NeedsOfCause {
  /** Stays the same as long as the cause does. */
  readonly key: string;
  readonly cause: NeedCause;
  readonly mailboxes: readonly MailboxEntity[];
  /** Messages that are not copied because of it; null: nobody could look into one of the mailboxes. */
  readonly messages: number | null;
}

/** Groups the needs that the console lists. All that ask for a password of one side are one group: a password answers them. */
export function byCause(needs: readonly Need[]): readonly NeedsOfCause[] {
  const groups = new Map<string, Need[]>();
  for (const need of needs) {
    const key = need.answer === 'password' ? `password ${need.side}` : need.key;
    groups.set(key, [...(groups.get(key) ?? []), need]);
  }
  return [...groups].map(([key, same]) => {
    const mailboxes = same.flatMap((need) => need.mailboxes);
    const messages = same.reduce<number | null>(
      (sum, need) => (sum === null || need.messages === null ? null : sum + need.messages),
      0,
    );
    return { key, cause: causeOf(same, mailboxes), mailboxes, messages };
  });
}

/**
 * Says how far a mailbox is. A need is told again only when this has changed: the mailbox went on and met the same
 * trouble further on. A mere further try changes nothing.
 */
export function markOf(mailbox: MailboxEntity): string {
  const { state, counts, doubled } = mailbox;
  return isThrough(mailbox)
    ? `missing ${state.kind === 'incomplete' ? state.left : counts.left} twice ${doubled}`
    : `settled ${settled(counts)}`;
}

function causeOf(needs: readonly Need[], mailboxes: readonly MailboxEntity[]): NeedCause {
  const kind = kindOf(needs, mailboxes);
  const held = mailboxes.find(({ state }) => state.kind === 'held')?.state;
  const asks = held?.kind === 'held' ? held.asks : null;
  // When one failure holds several mailboxes, only the first of them has the server's response.
  const cause = needs.find((need) => need.cause?.code)?.cause ?? needs.find((need) => need.cause)?.cause;
  if (cause) return { kind, side: cause.side, code: cause.code, response: cause.text, asks };
  const reasons = mailboxes
    .map(({ state }) => ('because' in state ? state.because : null))
    .filter((one) => one !== null);
  const reason = reasons.find((one) => one.key === 'response') ?? reasons[0];
  const said = reason ? saidIn(reason) : { side: null, code: null, response: '' };
  return { kind, ...said, side: needs[0]?.side ?? said.side, asks };
}

function kindOf(needs: readonly Need[], mailboxes: readonly MailboxEntity[]): NeedCause['kind'] {
  if (needs.some(({ answer }) => answer === 'password')) return 'password';
  if (mailboxes.some(({ state }) => state.kind === 'held')) return 'held';
  if (mailboxes.some((mailbox) => mailbox.provider !== null && !isThrough(mailbox))) return 'waits-long';
  if (mailboxes.every(({ doubled, counts }) => doubled > 0 && counts.left === 0)) return 'twice';
  return mailboxes.some(({ state }) => state.kind === 'incomplete') ? 'incomplete' : 'left-behind';
}

/** The response of a server, where one is the reason; else the reason in words. */
function saidIn(reason: Reason): Pick<NeedCause, 'side' | 'code' | 'response'> {
  if (reason.key === 'response') return { side: reason.side, code: reason.code, response: reason.response };
  return { side: 'side' in reason ? reason.side : null, code: null, response: withoutSide(reason) };
}
