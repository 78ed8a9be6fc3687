import type { UidSet } from '../../store/uid/uid-set.js';

/** A destination folder after a copy, from the first UID on that was not read back before. */
export interface DestinationFolder {
  /** UIDs of the destination that the ledger calls ours. */
  readonly stored: UidSet;
  /** UIDs that reading back found. */
  readonly there: UidSet;
  /** Messages that the destination said OK to without naming a UID, and that reading back has not recognised. */
  readonly unrecognised: UidSet;
}

/** Messages that the destination took without naming a UID, and to which nothing in the folder is equal. */
export interface Unnamed {
  /** `all`: nothing in the folder can be one of them. `some`: `count` are missing, and nobody can say which. */
  readonly missing: 'none' | 'some' | 'all';
  readonly count: number;
}

/** The messages that the destination said OK to, compared with the folder as it was read back. */
export interface DestinationAccount {
  /** UIDs of the destination that are ours and are not there. */
  readonly missing: UidSet;
  readonly unnamed: Unnamed;
  /** UIDs that are there and are not known as ours: foreign mail, or ours in a form that nobody recognises. */
  readonly foreign: UidSet;
}

/** Balances a destination folder: each message that was stored must be found when the folder is read back. */
export function destinationAccount({ stored, there, unrecognised }: DestinationFolder): DestinationAccount {
  const foreign = there.minus(stored);
  return { missing: stored.minus(there), unnamed: unnamedAmong(foreign, unrecognised), foreign };
}

/**
 * How many messages without a known UID are missing. A message that the server rewrote beyond recognition is still one
 * message. So some are missing only where the folder holds fewer unknown messages than were taken.
 *
 * @param foreign       UIDs that are not known as ours
 * @param unrecognised  source UIDs
 */
export function unnamedAmong(foreign: UidSet, unrecognised: UidSet): Unnamed {
  const count = Math.max(0, unrecognised.size - foreign.size);
  return { missing: count === 0 ? 'none' : count === unrecognised.size ? 'all' : 'some', count };
}
