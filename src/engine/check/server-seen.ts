import type { OpenedSide } from '../dry-run/both-sides.js';
import { type Way, wayOf } from '../imap/commands/append.js';
import { sanitise } from '../responses/sanitise.js';

/** A server as one login to it showed it. */
export interface ServerSeen {
  /** Its name (RFC 2971) or greeting, sanitised; '' where it gives none. */
  readonly software: string;
  /** Milliseconds from a command to its answer, the shortest. */
  readonly roundTrip: number;
  /** How messages would be written to it. */
  readonly way: Way;
  /** It tells the size of a folder without a look at each message (STATUS=SIZE, RFC 8438). */
  readonly tellsSizes: boolean;
}

export function serverSeen({ session, listing }: OpenedSide): ServerSeen {
  const { capabilities, wire } = session;
  return {
    software: sanitise(listing.server),
    roundTrip: wire.roundTrip,
    way: wayOf(capabilities),
    tellsSizes: capabilities.has('STATUS=SIZE'),
  };
}
