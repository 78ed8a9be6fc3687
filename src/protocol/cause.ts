import type { Side } from '../words/side.js';
import type { Kind } from '../words/verdict.js';

/** The failure that a mailbox is listed under among those that need the operator. */
export interface MailboxCause {
  /** Key of its group of errors. */
  readonly group: string;
  readonly code: string | null;
  readonly kind: Kind;
  /** The rule by which it was read. */
  readonly rule: string;
  readonly side: Side;
  /** The response, 200 characters at most. */
  readonly text: string;
  /** Its count is of messages that are not copied, those that failed or all that are left in a folder; or second copies. */
  readonly of: 'messages' | 'second copies';
  readonly messages: number;
  /** When it happened first, in milliseconds since the epoch. */
  readonly since: number;
}
