import { UidSet } from '../../../store/uid/uid-set.js';
import type { CopyContext, FolderJob } from '../job.js';
import { destinationStatus } from './destination-status.js';
import { matchUnknown, strangersFrom } from './settle-tail.js';

/**
 * Reads the tail once more, right before the first APPEND into a folder in which a run was broken off. The server may
 * have stored messages since the first look.
 *
 * @returns the job without what arrived meanwhile
 */
export async function takeLateArrivals(context: CopyContext, job: FolderJob): Promise<FolderJob> {
  const { pair, ledger, tailEnd, todo } = job;
  if (tailEnd === null || todo.length === 0) return job;
  const now = await destinationStatus(context.connections, pair.destination.wire);
  if (now.uidNext === tailEnd.uidNext && now.messages === tailEnd.messages) return job;
  const folders = { source: pair.source.wire, destination: pair.destination.wire };
  const there = await strangersFrom(
    context.connections.destination.read,
    folders.destination,
    ledger.floor,
    ledger,
    job.notOurs,
  );
  const sizes = new Map([...todo].map(({ uid, size }) => [uid, size]));
  const match = await matchUnknown(context, folders, there, {
    unsettled: UidSet.from(sizes.keys()),
    unknown: ledger.unknown,
    repaired: ledger.treated.repaired,
    origin: 'ours',
  });
  const arrived = match.pairs.filter(([uid]) => !ledger.isSettled(uid));
  ledger.settle(
    match.pairs.map(([uid]) => uid),
    match.pairs.map(([, uid]) => uid),
  );
  ledger.raiseFloor(there.reduce((most, { uid }) => Math.max(most, uid + 1), now.uidNext ?? 1));
  if (arrived.length === 0) return job;
  job.progress.stored(
    arrived.length,
    arrived.reduce((sum, [uid]) => sum + (sizes.get(uid) ?? 0), 0),
  );
  context.log('info', pair.destination.name, `${arrived.length} messages of ours arrived since it was looked at`);
  return { ...job, todo: todo.where((uid) => !ledger.isSettled(uid)) };
}
