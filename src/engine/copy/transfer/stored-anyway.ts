import { UidSet } from '../../../store/uid/uid-set.js';
import { folderStatus } from '../../imap/commands/folders.js';
import type { CopyContext, FolderJob } from '../job.js';
import { matchUnknown, strangersFrom } from '../prepare/settle-tail.js';

/**
 * Finds messages that the destination refused and stored all the same. Some servers keep a part of a MULTIAPPEND that
 * they refuse (RFC 3502 section 6.3.11 forbids it), or answer NO when the message is in the folder already. Sent again,
 * these would stand there twice. Where UIDNEXT shows UIDs that no answer named, those messages are compared.
 *
 * @param floor  destination UID from which on something may stand that the ledger does not know
 * @returns source UIDs, settled now
 * @throws Refused, ConnectionLost
 */
export async function storedAnyway(
  context: CopyContext,
  job: FolderJob,
  uids: readonly number[],
  floor: () => number,
): Promise<UidSet> {
  const { pair, ledger, notOurs } = job;
  const { destination } = context.connections;
  const { uidNext } = await folderStatus(destination.session, pair.destination.wire);
  const from = floor();
  if (uidNext !== null && uidNext <= from) return new UidSet();
  const there = await strangersFrom(destination.read, pair.destination.wire, from, ledger, notOurs);
  const folders = { source: pair.source.wire, destination: pair.destination.wire };
  const { repaired } = ledger.treated;
  const sought = { unsettled: UidSet.from(uids), unknown: new UidSet(), repaired, origin: 'ours' } as const;
  return settleFound(context, job, (await matchUnknown(context, folders, there, sought)).pairs);
}

/** Settles refused messages that stand in the folder.  @returns source UIDs */
export function settleFound(
  context: CopyContext,
  { pair, ledger, todo, progress }: FolderJob,
  pairs: readonly (readonly [source: number, destination: number])[],
): UidSet {
  const found = UidSet.from(pairs.map(([uid]) => uid));
  if (found.isEmpty) return found;
  ledger.arrived(found);
  ledger.settle(
    [...found],
    pairs.map(([, uid]) => uid),
  );
  progress.stored(
    found.size,
    [...found].reduce((sum, uid) => sum + todo.sizeOf(uid), 0),
  );
  context.log(
    'warn',
    pair.destination.name,
    `UID ${found} stand in the folder after all, though the destination did not say so`,
  );
  return found;
}
