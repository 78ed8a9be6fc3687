import { UidSet } from '../../store/uid-set.js';
import { expungedAsDeleted, type Finding, goneSince, keptAsOne as keptAsOneNote } from './findings.js';
import type { CopyContext, FolderJob } from './job.js';
import { keptAsOne } from './kept-as-one.js';
import { isDeletedFlag } from './outgoing.js';
import { takeBack } from './take-back.js';

/** What became of messages that the destination took and does not hold now. Source UIDs. */
export interface NotThere {
  /** There is a note of each; they stay settled. */
  readonly noted: readonly { readonly finding: Finding; readonly uids: UidSet }[];
  /** They are open failures now. */
  readonly takenBack: UidSet;
}

/**
 * Looks into what reading a folder back did not find of what this run sent.
 *
 * @param absent   source UIDs that are paired with a destination UID that is not there
 * @param unknown  source UIDs that are settled, and that no message there is equal to
 * @param isThere  the destination holds this UID
 */
export async function lookIntoAbsent(
  context: CopyContext,
  job: FolderJob,
  { absent, unknown }: { readonly absent: UidSet; readonly unknown: UidSet },
  isThere: (destination: number) => boolean,
): Promise<NotThere> {
  const all = absent.union(unknown);
  const expunged = new UidSet();
  for (const uid of all) if (wasSentDeleted(job, uid)) expunged.add(uid);
  takeBack(context, job, expunged, expungedAsDeleted);
  const left = all.minus(expunged);
  const byCount = await keptAsOne(context, job, left, isThere);
  const noted: { finding: Finding; uids: UidSet }[] = [];
  for (const [count, uids] of byCount) {
    noted.push({ finding: keptAsOneNote(count), uids });
    left.deleteAll(uids);
  }
  const gone = left.intersect(absent);
  if (!gone.isEmpty) noted.push({ finding: goneSince, uids: gone });
  return { noted, takenBack: expunged };
}

function wasSentDeleted({ sent }: FolderJob, uid: number): boolean {
  return sent.get(uid)?.flags.some(isDeletedFlag) ?? false;
}
