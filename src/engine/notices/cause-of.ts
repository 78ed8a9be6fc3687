import { isThrough, type MailboxEntity, needsOperator } from '../../protocol/entities.js';
import { settled } from '../../protocol/figures.js';
import type { Reason } from '../../words/reason.js';
import { reasonText, withoutSide } from '../../words/reason-text.js';
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

/** @returns mailboxes that need their operator, in the order given */
export function needsOf(mailboxes: readonly MailboxEntity[]): readonly Need[] {
  return mailboxes.filter(needsOperator).map((mailbox) => {
    const { id, email, state, counts, doubled } = mailbox;
    const cause = causeOf(mailbox);
    const messages = cause.kind === 'twice' ? doubled : state.kind === 'incomplete' ? state.left : counts.left;
    return { id, email, cause, key: keyOf(cause), mark: markOf(mailbox), messages };
  });
}

function causeOf({ state, counts, asksPassword, provider, doubled }: MailboxEntity): NeedCause {
  const none = { side: null, code: null, response: '', asks: '' };
  switch (state.kind) {
    case 'held': {
      const { because, asks } = state;
      if (asksPassword !== null) return { kind: 'password', ...saidIn(because), asks, side: asksPassword };
      return { kind: 'held', ...saidIn(because), asks };
    }
    case 'incomplete':
      return { kind: 'incomplete', ...none, response: reasonText(state.because) };
    case 'backing-off':
      if (provider !== null) return { kind: 'waits-long', ...saidIn(state.because), asks: '' };
  }
  if (provider !== null && !isThrough({ state })) return { kind: 'waits-long', ...none };
  if (doubled > 0 && counts.left === 0) return { kind: 'twice', ...none, side: 'destination' };
  return { kind: 'left-behind', ...none };
}

/** The response of a server, where one is the reason; else the reason in words. */
function saidIn(reason: Reason): Pick<NeedCause, 'side' | 'code' | 'response'> {
  if (reason.key === 'response') return { side: reason.side, code: reason.code, response: reason.response };
  return { side: 'side' in reason ? reason.side : null, code: null, response: withoutSide(reason) };
}

/** A password is answered by a password, whatever was said to those without one; else code and advice tell what mends it. */
function keyOf({ kind, side, code, asks }: NeedCause): string {
  switch (kind) {
    case 'password':
      return `${kind} ${side}`;
    case 'held':
    case 'waits-long':
      return `${kind} ${side} ${code} ${asks}`;
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
