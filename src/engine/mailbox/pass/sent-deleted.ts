import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { expungedAsDeleted } from '../../copy/findings.js';
import type { FolderJob } from '../../copy/job.js';
import { isDeletedFlag } from '../../copy/message/outgoing.js';
import { confirmAbsent } from '../../copy/scan/confirm-absent.js';
import { takeBack } from '../../copy/verify/take-back.js';
import type { Desk } from '../../imap/commands/desk.js';
import { Refused } from '../../imap/session/refused.js';
import { noteCounts } from './folder-notes.js';
import { knownFolder } from './folder-plan.js';
import { folderProgress } from './folder-progress.js';
import type { PassedOver, PassParts } from './pass-parts.js';

/** Messages of a folder that arrived with \Deleted in this pass: their sizes in bytes, by source UID. */
export function sentDeletedIn({ ledger, sent }: Pick<FolderJob, 'ledger' | 'sent'>): ReadonlyMap<number, number> {
  const marked = new Map<number, number>();
  for (const uid of sent.withFlag(isDeletedFlag))
    if (ledger.destinationOf(uid) !== undefined) marked.set(uid, sent.get(uid)?.size ?? 0);
  return marked;
}

/**
 * Looks whether messages that an earlier attempt sent with \Deleted are still there, after its sessions have ended.
 * A message that is gone is an open failure that says why.
 *
 * @throws LineLost, UidValidityChanged
 */
export async function lookAtSentDeleted(
  { context, record, memory, checkpoints, onProgress }: PassParts,
  { pairs, tallies }: PassedOver,
): Promise<void> {
  for (const [name, sizes] of [...memory.sentDeleted]) {
    const pair = pairs.find(({ source }) => source.name === name);
    const tally = tallies.find(({ source }) => source === name);
    if (!pair || !tally) {
      memory.sentDeleted.delete(name);
      continue;
    }
    const ledger = await record.ledger({ source: name, destination: pair.destination.name });
    const gone = await goneAmong(context.lines.destination.read, pair.destination.wire, ledger, sizes.keys());
    // Only now: a line that is lost before leaves it to the next attempt.
    memory.sentDeleted.delete(name);
    if (gone.isEmpty) continue;
    const changed = (how: 'stored' | 'other') => onProgress(name, how);
    const progress = folderProgress({ tally, ledger, errors: record.errors, failed: memory.failed, changed });
    const sent = { get: (uid: number) => ({ size: sizes.get(uid) ?? 0, date: undefined, flags: [], exact: '' }) };
    takeBack(
      context,
      { pair, ledger, sent, progress, todo: { sizeOf: (uid) => sizes.get(uid) ?? 0 } },
      gone,
      expungedAsDeleted,
    );
    const known = knownFolder(record.data.folders, pair);
    if (known) known.settledAt = null;
    noteCounts(record, tally);
    await checkpoints.write();
    await ledger.checkpoint();
  }
}

/** Source UIDs of those that the destination does not hold any more. */
async function goneAmong(desk: Desk, folder: string, ledger: UidLedger, uids: Iterable<number>): Promise<UidSet> {
  const byDestination = new Map<number, number>();
  for (const uid of uids) {
    const destination = ledger.destinationOf(uid);
    if (destination !== undefined) byDestination.set(destination, uid);
  }
  try {
    const missing = await confirmAbsent(desk, folder, UidSet.from(byDestination.keys()));
    return UidSet.from([...missing].flatMap((destination) => byDestination.get(destination) ?? []));
  } catch (error) {
    // Nobody can look into it now: the next run opens the folder again.
    if (error instanceof Refused) return new UidSet();
    throw error;
  }
}
