import type { BatchEntity, Instant, MailboxEntity } from '../../protocol/entities.js';
import type { LogLine } from '../../protocol/events.js';

/** How a console stands to its engine. */
export type Link =
  /** The whole state is on its way; so many mailboxes are read. */
  | { readonly kind: 'opening'; readonly read: number }
  | { readonly kind: 'live' }
  /** The batch came to its end; nothing changes any more. */
  | { readonly kind: 'ended'; readonly exitCode: number }
  /** The engine is gone, or the connection to it: what is shown is what it said last. */
  | { readonly kind: 'gone'; readonly at: Instant };

/** All that a console knows at one moment. A new object whenever anything in it changed. */
export interface ConsoleView {
  readonly link: Link;
  /** The time by the engine's clock, to the second. */
  readonly now: Instant;
  /** Null until the engine has said what it runs. */
  readonly batch: BatchEntity | null;
  /** Mailboxes by name, whatever happens to them, so that a list does not jump while it is read. */
  readonly mailboxes: readonly MailboxEntity[];
  /** Oldest first; failures are lines of it. */
  readonly log: readonly LogLine[];
  /** Grows with each failure that was told of. */
  readonly failures: number;
}

export function wholeSecond(at: number): number {
  return Math.floor(at / 1_000) * 1_000;
}
