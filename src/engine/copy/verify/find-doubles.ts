import { doublesFrom } from '../../../store/ledger/doubles.js';
import type { Treated } from '../../../store/ledger/treated.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { standTwice } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import { matchUnknown, strangersFrom } from '../prepare/settle-tail.js';

/**
 * After a tail was read: enters what stands twice in the error ledger, where it is open until an operator has acted.
 *
 * @param from  destination UID to look from
 * @returns how many entries
 */
export async function enterDoubles(
  context: CopyContext,
  job: FolderJob,
  treated: Treated,
  from: number,
): Promise<number> {
  const pairs = await findDoubles(context, job, treated, from);
  if (pairs.length === 0) return 0;
  const doubles = doublesFrom(pairs, job.destinationUidValidity);
  const folder = job.pair.source.name;
  const finding = standTwice(doubles);
  context.fail({ side: 'destination', command: 'read back', folder, uids: new UidSet(), ...finding, doubles });
  return 1;
}

/**
 * After a tail was read: a batch that was stored later still stands there as a second copy. What was given up, since
 * its line dropped each time, and was stored after all, is settled here.
 *
 * @param from  destination UID to look from
 * @returns source and destination UIDs of doubles
 */
async function findDoubles(
  context: CopyContext,
  job: FolderJob,
  { repaired }: Treated,
  from: number,
): Promise<readonly (readonly [source: number, destination: number])[]> {
  const { ledger, pair, notOurs } = job;
  const folders = { source: pair.source.wire, destination: pair.destination.wire };
  const known = { unknown: new UidSet(), repaired, origin: 'ours' } as const;
  const there = await strangersFrom(context.lines.destination.read, folders.destination, from, ledger, notOurs);
  // It is there, and not to be sent again.
  const given = await matchUnknown(context, folders, there, { ...known, unsettled: ledger.failed });
  ledger.settle(
    given.pairs.map(([uid]) => uid),
    given.pairs.map(([, uid]) => uid),
  );
  const ours = ledger.settledSources();
  const doubles: (readonly [number, number])[] = [];
  // A message whose line dropped more than once may have more than one double: each trip finds one of each.
  for (let left = new Set(given.strangers); left.size > 0; ) {
    const strangers = there.filter(({ uid }) => left.has(uid));
    const found = await matchUnknown(context, folders, strangers, { ...known, unsettled: ours });
    if (found.pairs.length === 0) break;
    doubles.push(...found.pairs);
    left = new Set(found.strangers);
  }
  return doubles;
}
