import type { UidSet } from '../../store/uid-set.js';

/** A destination folder after a copy, from the first UID on that was not read back before. */
export interface DestinationFolder {
  /** UIDs of the destination that the ledger calls ours. */
  readonly stored: UidSet;
  /** UIDs that reading back found. */
  readonly there: UidSet;
  /** Messages that the destination said OK to without naming a UID, and that were not recognised since. */
  readonly unrecognised: UidSet;
}

/** What reading back says of the messages that the destination had said OK to. */
export interface DestinationAccount {
  /** UIDs of the destination that are ours and are not there. */
  readonly missing: UidSet;
  /**
   * Source UIDs that the destination took without naming a UID. `all`: nothing in the folder can be one of them.
   * `some`: `count` of them are missing, and nobody can say which.
   */
  readonly unnamed: { readonly missing: 'none' | 'some' | 'all'; readonly count: number };
  /** UIDs that are there and are not known as ours: foreign mail, or ours in a form that nobody recognises. */
  readonly foreign: UidSet;
}

/**
 * The law of conservation for a destination folder: each message that was stored is found when the folder is read
 * back. A message that the server rewrote beyond recognition is still one message, so messages without a known UID
 * are missing only where fewer unknown messages stand there than were taken.
 */
export function destinationAccount({ stored, there, unrecognised }: DestinationFolder): DestinationAccount {
  const foreign = there.minus(stored);
  const short = Math.max(0, unrecognised.size - foreign.size);
  const missing = short === 0 ? 'none' : short === unrecognised.size ? 'all' : 'some';
  return { missing: stored.minus(there), unnamed: { missing, count: short }, foreign };
}
