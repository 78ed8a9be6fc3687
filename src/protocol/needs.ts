import { reasonText } from '../words/reason-text.js';
import type { Side } from '../words/side.js';
import type { MailboxCause } from './cause.js';
import { type Instant, isThrough, type MailboxEntity, needsOperator } from './entities.js';

/** The answer to a need: a password, the question about a certificate, a decision about failures, or a look at the mailbox. */
export type NeedAnswer = 'password' | 'certificate' | 'errors' | 'doubles' | 'mailbox';

/** One cause, and the mailboxes that need the operator because of it. Each mailbox is in one need. */
export interface Need {
  /** The same as long as the cause is the same. */
  readonly key: string;
  readonly answer: NeedAnswer;
  /** Null: nothing failed in these mailboxes themselves, and their state says why they need somebody. */
  readonly cause: MailboxCause | null;
  readonly side: Side | null;
  /**
   * Messages that are not copied because of the cause, or second copies; null: nobody could look into one of the
   * mailboxes.
   */
  readonly messages: number | null;
  /** Most messages first. */
  readonly mailboxes: readonly MailboxEntity[];
  /** When the cause first needed somebody; null: before anybody counted. */
  readonly since: Instant | null;
}

/**
 * The one list of what needs the operator, the worst first: whole mailboxes that nobody could look into, then by the
 * number of messages. Every place that shows or counts needs asks here.
 */
export function needsOf(mailboxes: readonly MailboxEntity[]): readonly Need[] {
  const byKey = new Map<string, MailboxEntity[]>();
  for (const mailbox of mailboxes) {
    if (!needsOperator(mailbox)) continue;
    const key = keyOf(mailbox);
    const same = byKey.get(key);
    if (same) same.push(mailbox);
    else byKey.set(key, [mailbox]);
  }
  return [...byKey].map(([key, same]) => needOf(key, same)).sort(worstFirst);
}

/**
 * As many rows as fit: each mailbox by itself where there is room for all, else a row a cause.
 *
 * @param room  rows
 */
export function needRows(needs: readonly Need[], room: number): readonly Need[] {
  const mailboxes = needs.reduce((sum, need) => sum + need.mailboxes.length, 0);
  return mailboxes > room ? needs : needs.flatMap(eachOf);
}

/** The mailboxes of a need, one by one. */
export function eachOf(need: Need): readonly Need[] {
  if (need.mailboxes.length === 1) return [need];
  return need.mailboxes.map((mailbox) => needOf(`${need.key} ${mailbox.id}`, [mailbox]));
}

/** The number of mailboxes in these needs. */
export function mailboxesIn(needs: readonly Need[]): number {
  return needs.reduce((sum, need) => sum + need.mailboxes.length, 0);
}

function needOf(key: string, mailboxes: readonly MailboxEntity[]): Need {
  const sorted = mailboxes.toSorted((a, b) => weightOf(messagesOf(b)) - weightOf(messagesOf(a)));
  const [first] = sorted as [MailboxEntity, ...MailboxEntity[]];
  const messages = sorted.map(messagesOf);
  const known = messages.filter((one) => one !== null);
  const since = sorted.map(sinceOf).filter((at) => at !== null);
  return {
    key,
    answer: answerTo(first),
    cause: first.cause,
    side: sideOf(first),
    messages: known.length < messages.length ? null : known.reduce((sum, one) => sum + one, 0),
    mailboxes: sorted,
    since: since.length > 0 ? Math.min(...since) : null,
  };
}

function worstFirst(a: Need, b: Need): number {
  return (
    weightOf(b.messages) - weightOf(a.messages) || b.mailboxes.length - a.mailboxes.length || (a.key < b.key ? -1 : 1)
  );
}

/** The weight of a need. Where nobody knows the number of messages, it may be all. */
const weightOf = (messages: number | null) => messages ?? Number.MAX_SAFE_INTEGER;

/** The key of the need of a mailbox. A mailbox in which nothing failed is grouped by its state. */
function keyOf(mailbox: MailboxEntity): string {
  const { state, cause } = mailbox;
  const answer = answerTo(mailbox);
  if (cause !== null) return `${answer} ${cause.side} ${cause.group}`;
  return `${answer} ${state.kind === 'held' ? reasonText(state.because) : state.kind}`;
}

/** Rules about the certificate that a server shows. An operator is asked about it, and no retry helps. */
const UNTRUSTED: ReadonlySet<string> = new Set(['tls-certificate', 'tls-certificate-time']);

function answerTo(mailbox: MailboxEntity): NeedAnswer {
  const { asksPassword, cause } = mailbox;
  if (asksPassword !== null) return 'password';
  if (cause === null) return 'mailbox';
  if (UNTRUSTED.has(cause.rule)) return 'certificate';
  return cause.of === 'second copies' ? 'doubles' : 'errors';
}

function sideOf({ asksPassword, cause }: MailboxEntity): Side | null {
  return asksPassword ?? cause?.side ?? null;
}

/**
 * Everything that a mailbox misses, also for other causes than the one of its need: the sum over all needs is what is
 * not copied.
 */
function messagesOf(mailbox: MailboxEntity): number | null {
  const { counts, accepted, cause, doubled } = mailbox;
  if (answerTo(mailbox) === 'doubles') return doubled;
  if (!isThrough(mailbox))
    return mailbox.folders.length === 0 && counts.total === 0 ? null : counts.left + counts.failed;
  const short = mailbox.state.kind === 'incomplete' ? mailbox.state.left : 0;
  const lost = Math.max(counts.left + counts.failed, short) - accepted;
  return lost > 0 ? lost : (cause?.messages ?? 0);
}

function sinceOf({ state, history, provider, cause, endedAt }: MailboxEntity): Instant | null {
  if (provider !== null) return provider.since;
  const last = history.at(-1);
  if (state.kind === 'held' && last?.kind === 'held') return last.at;
  return cause?.since ?? endedAt;
}
