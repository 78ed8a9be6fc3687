import type { Instant } from './instant.js';

/** The state of one server in the night. */
export interface EndpointEntity {
  /** As a URL without a user. */
  readonly name: string;
  /** The server's name, or ''. */
  readonly software: string;
  readonly connections: number;
  /** The most connections that this engine asks for now. */
  readonly allowed: number;
  /** Until when the server asked for patience; null: it did not. */
  readonly throttledUntil: Instant | null;
  /**
   * When the last mailbox tries again, after three mailboxes, or all, could not reach the server; null: it can be
   * reached.
   */
  readonly unreachableUntil: Instant | null;
  /**
   * Several mailboxes met something that concerns all: none connects before `until`, and then one tries. Null:
   * mailboxes may connect.
   */
  readonly circuit: { readonly until: Instant; readonly because: string } | null;
}
