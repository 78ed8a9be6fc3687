import { UidSet } from '../../../store/uid/uid-set.js';
import { unnamedAmong } from '../../account/destination-folder.js';
import { isDeletedFlag } from '../../imap/grammar/flags.js';
import type { Finding } from '../../responses/finding.js';
import { expungedAsDeleted, keptAsOne as keptAsOneNote } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import { glimpsesOf } from '../prepare/settle-tail.js';
import { confirmAbsent } from '../scan/confirm-absent.js';
import { keptAsOne } from '../verify/kept-as-one.js';
import { areTheOldest, type ReadBack } from './keeps-newest.js';
import { keepsNewest, someNotStored } from './loss-findings.js';
import { takeBackLost } from './not-kept.js';

/** Messages that the destination took and does not hold now. Source UIDs. */
export interface NotThere {
  /** Messages with a note; they stay settled. */
  readonly noted: readonly { readonly finding: Finding; readonly uids: UidSet }[];
  /** Messages that are open failures now. */
  readonly takenBack: UidSet;
}

/** The destination folder as it was read back. */
export interface There {
  /** The destination holds this UID. */
  readonly isThere: (destination: number) => boolean;
  /** Destination UIDs that are not known to be ours. */
  readonly foreign: UidSet;
  /** Null where only a part of the folder was read. */
  readonly readBack: ReadBack | null;
}

/**
 * Decides about messages that this run sent and that reading the folder back did not find.
 *
 * @param absent   source UIDs that are paired with a destination UID that is not there
 * @param unknown  source UIDs that are settled, and that no message there is equal to
 */
export async function lookIntoAbsent(
  context: CopyContext,
  job: FolderJob,
  { absent, unknown }: { readonly absent: UidSet; readonly unknown: UidSet },
  { isThere, foreign, readBack }: There,
): Promise<NotThere> {
  const gone = await confirmed(context, job, absent);
  const all = gone.union(unknown);
  const expunged = new UidSet();
  for (const uid of all) if (wasSentDeleted(job, uid)) expunged.add(uid);
  takeBackLost(context, job, expunged, expungedAsDeleted);
  const left = all.minus(expunged);
  const byCount = await keptAsOne(context, job, left, isThere);
  const noted: { finding: Finding; uids: UidSet }[] = [];
  for (const [count, uids] of byCount) {
    noted.push({ finding: keptAsOneNote(count), uids });
    left.deleteAll(uids);
  }
  const lost = left.intersect(gone);
  const rest = left.minus(lost);
  const unnamed = unnamedAmong(await mayBeOurs(context, job, foreign, rest), rest);
  // The folder has no unknown message, so none of these can be there in another form.
  if (unnamed.missing === 'all') lost.addAll(left);
  const lostThere = UidSet.from([...lost].flatMap((uid) => job.ledger.destinationOf(uid) ?? []));
  const isPushedOut = readBack !== null && areTheOldest(lostThere, readBack);
  takeBackLost(context, job, lost, isPushedOut ? keepsNewest(readBack.there.size) : 'not stored');
  if (unnamed.missing === 'some') {
    const { response, verdict } = someNotStored(unnamed.count, left.minus(lost));
    const { name } = job.pair.source;
    context.fail({ side: 'destination', command: 'read back', folder: name, uids: new UidSet(), response, verdict });
  }
  return { noted, takenBack: expunged.union(lost) };
}

/** Messages of the destination that may be ours in another form. One with the Message-ID of another message is not. */
async function mayBeOurs(
  { connections }: CopyContext,
  { pair }: FolderJob,
  foreign: UidSet,
  unnamed: UidSet,
): Promise<UidSet> {
  if (foreign.isEmpty || unnamed.isEmpty) return foreign;
  const mine = await glimpsesOf(connections.source.scan, pair.source.wire, unnamed);
  const ids = new Set(mine.map(({ messageId }) => messageId ?? null));
  if (ids.has(null) || mine.length < unnamed.size) return foreign;
  const theirs = await glimpsesOf(connections.destination.read, pair.destination.wire, foreign);
  const others = theirs.filter(({ messageId }) => messageId && !ids.has(messageId));
  return foreign.minus(UidSet.from(others.map(({ uid }) => uid)));
}

async function confirmed(context: CopyContext, { ledger, pair }: FolderJob, absent: UidSet): Promise<UidSet> {
  const asked = new UidSet();
  for (const source of absent) asked.add(ledger.destinationOf(source) ?? 0);
  asked.delete(0);
  const missing = await confirmAbsent(context.connections.destination.read, pair.destination.wire, asked);
  const gone = new UidSet();
  for (const source of absent) if (missing.has(ledger.destinationOf(source) ?? 0)) gone.add(source);
  return gone;
}

function wasSentDeleted({ sent }: FolderJob, uid: number): boolean {
  return sent.get(uid)?.flags.some(isDeletedFlag) ?? false;
}
