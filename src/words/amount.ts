import type { Decided } from './decided.js';
import { plural, showCount } from './units.js';

/** `131 messages`, `2 failures`, `131 messages and 2 failures of folders or logins`. @param failures  those that name no message */
export function amountText(messages: number, failures: number): string {
  if (failures === 0) return plural(messages, 'message');
  if (messages === 0) return plural(failures, 'failure');
  return `${plural(messages, 'message')} and ${plural(failures, 'failure of a folder or login', 'failures of folders or logins')}`;
}

/** Messages and mailboxes that wait for an order, besides the messages that it names. */
interface Waiting {
  readonly uids: number;
  /** Messages that were not tried. */
  readonly behind: number;
  /** Mailboxes that nobody could look into. */
  readonly unseen: number;
}

/** `4,912 more messages wait for that, and all of 4 mailboxes that nobody could look into`; '' where none waits. */
export function waitingText({ uids, behind, unseen }: Waiting): string {
  const more = uids > 0 ? 'more ' : '';
  const messages = behind > 0 ? `${plural(behind, `${more}message waits`, `${more}messages wait`)} for that` : '';
  if (unseen === 0) return messages;
  const all = unseen === 1 ? 'a mailbox' : `${showCount(unseen)} mailboxes`;
  return messages === ''
    ? `all messages of ${all} wait for that: nobody could look into ${unseen === 1 ? 'it' : 'them'}`
    : `${messages}, and all of ${all} that nobody could look into`;
}

/** `131 messages of OVERQUOTA in 2 mailboxes` */
export function scopeText({ about, uids, failures, mailboxes }: Omit<Decided, 'action'>): string {
  return `${amountText(uids, failures)} of ${about} in ${plural(mailboxes, 'mailbox', 'mailboxes')}`;
}
