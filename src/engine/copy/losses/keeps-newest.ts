import { UidSet } from '../../../store/uid/uid-set.js';
import { stillThere } from '../../imap/commands/scan.js';
import { setsOf } from '../../imap/commands/uid-windows.js';
import type { CopyContext, FolderJob } from '../job.js';
import { keepsNewest } from './loss-findings.js';
import { takeBackLost } from './not-kept.js';

/** A destination folder as it was read back. */
export interface ReadBack {
  /** The destination UID from which the folder was read back. */
  readonly from: number;
  /** UIDs that were found from there on. */
  readonly there: UidSet;
  /** Messages of the whole folder by EXISTS; null: the server does not say. */
  readonly exists: number | null;
}

/**
 * Whether exactly the oldest messages of the folder are gone. A server that keeps only the newest messages of a folder
 * drops the oldest ones. A single message may be gone for any reason.
 */
export function areTheOldest(gone: UidSet, { there, exists }: Omit<ReadBack, 'from'>): boolean {
  const [last, first] = [gone.last, there.first];
  return gone.size > 1 && last !== undefined && first !== undefined && last < first && exists === there.size;
}

/**
 * UIDs of a folder that were pushed out of it by newer ones.
 *
 * @param gone   UIDs that are gone, whenever and for whatever reason
 * @param there  UIDs that are there
 * @param count  how many messages the folder has lost within the run
 * @returns the newest so many of those that were older than all that is there; none where others are missing
 */
export function pushedOut(gone: UidSet, there: UidSet, count: number): UidSet {
  const first = there.first ?? 0;
  const older = [...gone].filter((uid) => uid < first);
  return count > 0 && older.length >= count ? UidSet.from(older.slice(-count)) : new UidSet();
}

/**
 * Finds messages that earlier runs stored and that messages of this run pushed out of the folder. The folder then
 * counts fewer messages than it had and was given. What an owner or a rule removes is the oldest of all only by chance.
 *
 * @returns how many were taken back
 */
export async function takeBackPushedOut(
  context: CopyContext,
  job: FolderJob,
  { from, there, exists }: ReadBack,
): Promise<number> {
  const { ledger, pair, todo, before } = job;
  // A folder that was read back whole is accounted for message by message.
  if (from === 1 || before === null || exists === null) return 0;
  let stored = 0;
  for (const { uid } of todo) if (ledger.isSettled(uid) && ledger.unproven.has(uid)) stored++;
  const fewer = before + stored - exists;
  const earlier = ledger.destinationsKnown().minus(there);
  if (stored === 0 || fewer <= 0 || earlier.isEmpty) return 0;
  const { wire } = pair.destination;
  const { read } = context.connections.destination;
  const found = await Promise.all(setsOf(earlier).map((set) => stillThere(read, wire, set)));
  const left = found.reduce((all, some) => all.union(some), there);
  const out = pushedOut(earlier.minus(left), left, Math.min(fewer, earlier.size));
  const sources = UidSet.from([...out].flatMap((uid) => ledger.sourceOf(uid) ?? []));
  takeBackLost(context, job, sources, keepsNewest(exists));
  return sources.size;
}
