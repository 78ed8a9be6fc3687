import type { Instant } from './instant.js';

/** How one server bears the night. */
export interface EndpointEntity {
  /** As a URL without a user. */
  readonly name: string;
  /** The server's name, or ''. */
  readonly software: string;
  readonly connections: number;
  /** How many this engine asks it for at most, now. */
  readonly allowed: number;
  /** The server asked for patience until then; null: it did not. */
  readonly throttledUntil: Instant | null;
  /** Three mailboxes, or all there are, could not reach it, and the last of them tries again then; null: it can be reached. */
  readonly unreachableUntil: Instant | null;
  /** Several mailboxes met what concerns them all: none connects before then, and then one tries. */
  readonly circuit: { readonly until: Instant; readonly because: string } | null;
}
