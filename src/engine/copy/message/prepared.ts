import type { DeletedMode } from '../../../store/batch/batch.js';
import type { Outgoing } from '../../imap/commands/append.js';
import type { SentMessage } from '../sent.js';
import type { MessageDate } from './message-date.js';

/** A message ready to be sent. */
export interface Prepared {
  readonly outgoing: Outgoing;
  /** The message as sent, to compare with what is read back. */
  readonly sent: SentMessage;
  /** Whether a server may change it without a word. */
  readonly odd: boolean;
  /** The date with which it is sent. */
  readonly date: MessageDate;
  /** The treatment of the source's `\Deleted` mark; null: the message has none. */
  readonly deleted: DeletedMode | null;
  /** Whether the source did not tell its flags, so that it is sent without any. */
  readonly flagsUnknown: boolean;
  /** Keywords that APPEND cannot carry. */
  readonly keywordsLost: readonly string[];
  /** Of the header that is sent; see `inspect`. */
  readonly headHash: number;
}
