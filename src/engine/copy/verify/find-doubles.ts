import { doublesFrom } from '../../../store/ledger/doubles.js';
import type { Treated } from '../../../store/ledger/treated.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { standTwice } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import type { Glimpse } from '../prepare/matching.js';
import { matchUnknown, strangersFrom } from '../prepare/settle-tail.js';
import { settleFound } from '../transfer/stored-anyway.js';

/**
 * Runs after the tail of a folder was read. Messages that stand there twice become an open failure in the error ledger.
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
  enterPairs(context, job.pair.source.name, pairs, job.destinationUidValidity);
  return 1;
}

type Pairs = readonly (readonly [source: number, destination: number])[];

/**
 * @param folder  at the source
 * @param uidValidity  of the destination's folder
 */
export function enterPairs(context: CopyContext, folder: string, pairs: Pairs, uidValidity: string | null): void {
  const doubles = doublesFrom(pairs, uidValidity);
  const finding = standTwice(doubles);
  context.fail({ side: 'destination', command: 'read back', folder, uids: new UidSet(), ...finding, doubles });
}

/**
 * Runs after the tail of a folder was read. A command that the server carried out late has left second copies there. A
 * message that was refused or given up, and was stored after all, is settled here.
 *
 * @param from  destination UID to look from
 * @returns source and destination UIDs of doubles
 */
async function findDoubles(context: CopyContext, job: FolderJob, { repaired }: Treated, from: number): Promise<Pairs> {
  const { ledger, pair, notOurs } = job;
  const folders = { source: pair.source.wire, destination: pair.destination.wire };
  const known = { unknown: new UidSet(), repaired, origin: 'ours' } as const;
  const there = await strangersFrom(context.connections.destination.read, folders.destination, from, ledger, notOurs);
  // The message is there, so it must not be sent again.
  const given = await matchUnknown(context, folders, there, { ...known, unsettled: ledger.failed });
  settleFound(context, job, given.pairs);
  const strangers = new Set(given.strangers);
  const left = there.filter(({ uid }) => strangers.has(uid));
  return await secondCopiesAmong(context, folders, left, repaired, ledger.settledSources());
}

/**
 * Finds second copies of messages. A message whose connection dropped several times may have several: each round finds
 * one copy of each.
 *
 * @param there  messages at the destination that the ledger does not know
 * @param sources  UIDs of messages whose first copy it knows
 */
export async function secondCopiesAmong(
  context: CopyContext,
  folders: { readonly source: string; readonly destination: string },
  there: readonly Glimpse[],
  repaired: UidSet,
  sources: UidSet,
): Promise<Pairs> {
  const known = { unknown: new UidSet(), repaired, origin: 'ours', unsettled: sources } as const;
  const doubles: (readonly [number, number])[] = [];
  for (let left = there; left.length > 0; ) {
    const found = await matchUnknown(context, folders, left, known);
    if (found.pairs.length === 0) break;
    doubles.push(...found.pairs);
    const strangers = new Set(found.strangers);
    left = left.filter(({ uid }) => strangers.has(uid));
  }
  return doubles;
}
