import { MAX_UID } from '../../../store/uid/uid.js';
import { UidSet } from '../../../store/uid/uid-set.js';

/** The result of one look at a folder, with the facts that are known already. */
export interface Listed {
  /** Messages that the folder holds, by EXISTS; null: the server does not say. */
  readonly exists: number | null;
  /** UIDs that were settled before and were not asked for. */
  readonly settled: UidSet;
  /** UIDs that came. */
  readonly listed: UidSet;
  /** UIDs whose presence must be known. */
  readonly due: UidSet;
}

/** Whether the counts agree, if every settled message is still there. Then nothing more is asked. */
export function addsUp({ exists, settled, listed, due }: Listed): boolean {
  return exists === settled.size + listed.size && due.minus(listed).isEmpty;
}

/** How many messages the folder counts and no answer named; 0 where the server does not count. */
export function notSeen(exists: number | null, there: UidSet): number {
  return exists === null ? 0 : Math.max(0, exists - there.size);
}

/** The most commands that one look for missing messages may take. */
const MOST_WINDOWS = 16;

/**
 * Sets of UIDs that together ask for every UID that was not named yet, for a server that leaves rows out of a long
 * answer. Few gaps are asked for one by one, else windows of equal width are.
 *
 * @param uidNext null: unknown
 * @param write   a set of UIDs as sequence sets of one command each
 */
export function windowsFor(
  there: UidSet,
  uidNext: number | null,
  write: (uids: UidSet) => readonly string[],
): readonly string[] {
  const last = Math.max(there.last ?? 0, (uidNext ?? 1) - 1);
  const beyond = last < MAX_UID ? [`${last + 1}:*`] : [];
  if (last === 0) return beyond;
  const gaps = UidSet.range(1, last).minus(there);
  const exactly = write(gaps);
  if (exactly.length <= MOST_WINDOWS) return [...exactly, ...beyond];
  const width = Math.ceil(last / MOST_WINDOWS);
  const windows: string[] = [];
  for (let from = 1; from <= last; from += width) windows.push(`${from}:${Math.min(last, from + width - 1)}`);
  return [...windows, ...beyond];
}
