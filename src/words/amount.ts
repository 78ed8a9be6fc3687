import type { Decided } from './decided.js';
import { plural } from './units.js';

/** `131 messages`, `2 failures`, `131 messages and 2 failures of folders or logins`. @param failures  those that name no message */
export function amountText(messages: number, failures: number): string {
  if (failures === 0) return plural(messages, 'message');
  if (messages === 0) return plural(failures, 'failure');
  return `${plural(messages, 'message')} and ${plural(failures, 'failure of a folder or login', 'failures of folders or logins')}`;
}

/** `131 messages of OVERQUOTA in 2 mailboxes` */
export function scopeText({ about, uids, failures, mailboxes }: Omit<Decided, 'action'>): string {
  return `${amountText(uids, failures)} of ${about} in ${plural(mailboxes, 'mailbox', 'mailboxes')}`;
}
