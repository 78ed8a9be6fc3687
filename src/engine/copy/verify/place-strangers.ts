import { UidSet } from '../../../store/uid/uid-set.js';
import { untrueAppendUid } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import type { Glimpse } from '../prepare/matching.js';
import type { Reconciled } from '../prepare/reconcile.js';
import { matchUnknown, strangersFrom } from '../prepare/settle-tail.js';
import { settleFound } from '../transfer/stored-anyway.js';

/** A folder as it was read back, where it does not agree with what the destination said. */
export interface Disagreement {
  /** Destination UID that it was read back from. */
  readonly from: number;
  /** UIDs of the destination that were named and are not there. */
  readonly missing: UidSet;
  /** Source UIDs that were answered OK and that nothing there is equal to. */
  readonly unknown: UidSet;
  /** UIDs that are there and that nobody can place. */
  readonly foreign: UidSet;
}

/**
 * Looks for messages of ours among those that nobody can place: under another UID than APPENDUID named, under a UID
 * that UIDNEXT said was given away before, or refused and stored all the same.
 *
 * @returns the destination UID to read the folder back from once more, since pairs have changed; null: none has
 */
export async function placeStrangers(
  context: CopyContext,
  job: FolderJob,
  found: Disagreement,
): Promise<number | null> {
  const { ledger } = job;
  const isLacking = !found.missing.isEmpty || !found.unknown.isEmpty;
  if (!isLacking && ledger.failed.isEmpty) return null;
  // UIDNEXT may have been too high, and what was stored stands below it.
  const from = isLacking ? 1 : found.from;
  if (from === found.from && found.foreign.isEmpty) return null;
  const lost = UidSet.from([...found.missing].flatMap((uid) => ledger.sourceOf(uid) ?? []));
  const doubted = found.missing.isEmpty ? lost : lost.union(namedNow(job));
  const there = await strangersAt(context, job, from);
  const { pairs } = await matched(context, job, there, ledger.failed.union(doubted));
  if (pairs.length === 0) return null;
  if (from < found.from) ledger.dropFloor();
  if (!pairs.some(([source]) => doubted.has(source))) {
    settle(context, job, pairs);
    return from;
  }
  // One UID was untrue: which others are is known by their content alone.
  ledger.unsettle(doubted);
  ledger.settleUnknown([...doubted]);
  settle(context, job, (await matched(context, job, await strangersAt(context, job, from), ledger.failed)).pairs);
  const { response, verdict } = untrueAppendUid(found.missing);
  const { name } = job.pair.source;
  context.fail({ side: 'destination', command: 'APPEND', folder: name, uids: doubted, response, verdict });
  return from;
}

/** Source UIDs that this run paired with the UIDs of its answers. */
function namedNow({ todo, ledger }: FolderJob): UidSet {
  const named = new UidSet();
  for (const { uid } of todo) if (ledger.destinationOf(uid) !== undefined) named.add(uid);
  return named;
}

function strangersAt({ lines }: CopyContext, { pair, ledger, notOurs }: FolderJob, from: number): Promise<Glimpse[]> {
  return strangersFrom(lines.destination.read, pair.destination.wire, from, ledger, notOurs);
}

function matched(
  context: CopyContext,
  { pair, ledger }: FolderJob,
  there: readonly Glimpse[],
  unsettled: UidSet,
): Promise<Reconciled> {
  const folders = { source: pair.source.wire, destination: pair.destination.wire };
  const { repaired } = ledger.treated;
  return matchUnknown(context, folders, there, { unsettled, unknown: ledger.unknown, repaired, origin: 'ours' });
}

/** Messages that were answered OK get their UIDs; those that were not are settled. */
function settle(context: CopyContext, job: FolderJob, pairs: Reconciled['pairs']): void {
  const { unknown } = job.ledger;
  const known = pairs.filter(([source]) => unknown.has(source));
  job.ledger.learn(
    known.map(([source]) => source),
    known.map(([, destination]) => destination),
  );
  settleFound(
    context,
    job,
    pairs.filter(([source]) => !unknown.has(source)),
  );
}
