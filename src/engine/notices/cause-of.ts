import { isThrough, type MailboxEntity, needsOperator } from '../../protocol/entities.js';
import { settled } from '../../protocol/figures.js';
import { reasonText } from '../../words/reason-text.js';
import type { Side } from '../../words/side.js';
import type { Kind } from '../../words/verdict.js';
import type { NeedCause } from './notice.js';

/** A mailbox that needs its operator, and why. */
export interface Need {
  readonly id: string;
  readonly email: string;
  readonly cause: NeedCause;
  /** Mailboxes of one key have one cause. */
  readonly key: string;
  /** How far the mailbox is: the same cause at the same mark was told before, whatever happened in between. */
  readonly mark: string;
  /** Messages that wait for it, as far as they are known. */
  readonly messages: number;
}

/** What a mailbox met last. */
export interface LastFailure {
  readonly side: Side;
  readonly code: string | null;
  readonly reading: Kind;
  readonly response: string;
}

/**
 * @param failureOf  the last failure of a mailbox, by its address
 * @returns those that need their operator, in the order given
 */
export function needsOf(
  mailboxes: readonly MailboxEntity[],
  failureOf: (email: string) => LastFailure | undefined,
): readonly Need[] {
  const needing = mailboxes.filter(needsOperator);
  // Mailboxes that are held together have the words of the one that met it, and no failure of their own.
  const byWords = new Map<string, LastFailure>();
  for (const { email, state } of needing) {
    const failure = failureOf(email);
    if (state.kind === 'held' && failure) byWords.set(reasonText(state.because), failure);
  }
  return needing.map((mailbox) => {
    const { state } = mailbox;
    const shared = state.kind === 'held' ? byWords.get(reasonText(state.because)) : undefined;
    const cause = causeOf(mailbox, failureOf(mailbox.email) ?? shared ?? null);
    const { id, email, counts, doubled } = mailbox;
    const messages = cause.kind === 'twice' ? doubled : state.kind === 'incomplete' ? state.left : counts.left;
    return { id, email, cause, key: keyOf(cause), mark: markOf(mailbox), messages };
  });
}

function causeOf(
  { state, counts, asksPassword, provider, doubled }: MailboxEntity,
  met: LastFailure | null,
): NeedCause {
  const known = { side: met?.side ?? null, code: met?.code ?? null, reading: met?.reading ?? null };
  const unmet = { side: null, code: null, reading: null, response: '', asks: '' };
  if (state.kind === 'held') {
    const { because, asks } = state;
    const words = { response: met?.response ?? reasonText(because), asks };
    if (asksPassword !== null) return { kind: 'password', ...known, ...words, side: asksPassword };
    return { kind: 'held', ...known, ...words };
  }
  if (provider !== null && !isThrough({ state }))
    return { kind: 'waits-long', ...known, response: met?.response ?? '', asks: '' };
  if (state.kind === 'incomplete') return { kind: 'incomplete', ...unmet, response: reasonText(state.because) };
  if (counts.left > 0) return { kind: 'left-behind', ...unmet };
  if (doubled > 0) return { kind: 'twice', ...unmet, side: 'destination' };
  return { kind: 'left-behind', ...unmet };
}

/** A password is answered by a password, whatever was said to those without one; else the advice tells what mends it. */
function keyOf({ kind, side, code, reading, asks }: NeedCause): string {
  switch (kind) {
    case 'password':
      return `${kind} ${side}`;
    case 'held':
      return `${kind} ${side} ${code ?? reading} ${asks}`;
    case 'waits-long':
      return `${kind} ${side} ${code ?? reading}`;
    default:
      return kind;
  }
}

/** A mailbox that went on and met the same again further on is news; one that was merely tried again is none. */
function markOf(mailbox: MailboxEntity): string {
  const { state, counts, doubled } = mailbox;
  return isThrough(mailbox)
    ? `missing ${state.kind === 'incomplete' ? state.left : counts.left} twice ${doubled}`
    : `settled ${settled(counts)}`;
}
