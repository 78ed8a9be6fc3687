import type { Instant } from '../../protocol/entities.js';
import type { MailboxPass } from '../../store/mailbox/pass-schema.js';

/** A time that a mailbox was at work, with what was noted of it. A field is null where an earlier build noted nothing. */
export interface SeenAttempt extends Pick<MailboxPass, 'moved' | 'lines' | 'refusal'> {
  readonly from: Instant;
  readonly to: Instant;
}

/** The doings of a mailbox in a former night. */
export interface Seen {
  readonly batch: string;
  /** Each time that it was at work, in the order of time. */
  readonly attempts: readonly SeenAttempt[];
  /** Settled by these attempts. */
  readonly messages: number;
  readonly bytes: number;
}
