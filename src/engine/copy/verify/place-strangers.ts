import { UidSet } from '../../../store/uid/uid-set.js';
import type { Finding } from '../../responses/finding.js';
import { exchangedAppendUid, untrueAppendUid } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import type { Glimpse } from '../prepare/matching.js';
import type { Reconciled } from '../prepare/reconcile.js';
import { matchUnknown, strangersFrom } from '../prepare/settle-tail.js';
import { settleFound } from '../transfer/stored-anyway.js';

/** How a folder, read back, differs from what the destination said. */
export interface Disagreement {
  /** The folder was read back from this destination UID on. */
  readonly from: number;
  /** Destination UIDs that APPENDUID named and that are not there. */
  readonly missing: UidSet;
  /** Source UIDs of messages that were answered OK and have no equal there. */
  readonly unknown: UidSet;
  /** Destination UIDs that belong to no message of ours as far as is known. */
  readonly foreign: UidSet;
}

/**
 * Looks for messages of ours among the strangers of a folder. Ours may stand under another UID than APPENDUID named,
 * below UIDNEXT as the server gave it, or may have been refused and stored all the same.
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
  // UIDNEXT may have been too high, so our messages may be below it.
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
  await pairByContent(context, job, { doubted, from, why: untrueAppendUid(found.missing) });
  return from;
}

/**
 * Pairs the messages of this run anew, by their content: some stand under the UIDs that were named for others.
 *
 * @param exchanged  destination UIDs
 * @returns as {@link placeStrangers}
 */
export async function placeExchanged(context: CopyContext, job: FolderJob, exchanged: UidSet): Promise<number | null> {
  const named = UidSet.from([...exchanged].flatMap((uid) => job.ledger.sourceOf(uid) ?? []));
  const doubted = named.union(namedNow(job));
  job.ledger.dropFloor();
  await pairByContent(context, job, { doubted, from: 1, why: exchangedAppendUid(exchanged) });
  return 1;
}

/** One UID was untrue, so only content can tell about the others. */
async function pairByContent(
  context: CopyContext,
  job: FolderJob,
  { doubted, from, why }: { readonly doubted: UidSet; readonly from: number; readonly why: Finding },
): Promise<void> {
  const { ledger, pair } = job;
  ledger.unsettle(doubted);
  ledger.settleUnknown([...doubted]);
  settle(context, job, (await matched(context, job, await strangersAt(context, job, from), ledger.failed)).pairs);
  const { response, verdict } = why;
  context.fail({ side: 'destination', command: 'APPEND', folder: pair.source.name, uids: doubted, response, verdict });
}

/** Source UIDs that this run paired with UIDs that the server's answers named. */
function namedNow({ todo, ledger }: FolderJob): UidSet {
  const named = new UidSet();
  for (const { uid } of todo) if (ledger.destinationOf(uid) !== undefined) named.add(uid);
  return named;
}

function strangersAt(
  { connections }: CopyContext,
  { pair, ledger, notOurs }: FolderJob,
  from: number,
): Promise<Glimpse[]> {
  return strangersFrom(connections.destination.read, pair.destination.wire, from, ledger, notOurs);
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

/** Gives messages that were answered OK their UIDs, and settles those that were refused and are there. */
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
