import type { DeletedMode } from '../../../store/batch/batch.js';
import { isByOperator } from '../../../store/ledger/settlement.js';
import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { SIDES, type Side } from '../../../words/side.js';
import type { FolderFates } from '../../copy/labels/label-index.js';
import { leftOutByDate } from '../../copy/prepare/left-out-by-date.js';
import { leftOutDeleted } from '../../copy/prepare/left-out-deleted.js';
import { skippedBy } from '../../copy/prepare/skipped-by.js';

/** A folder's UID ledger, and the folders as they are now. */
export interface LabelLedger {
  readonly ledger: UidLedger;
  /** UIDVALIDITY of both folders; null: not told. The ledger's word counts there. */
  readonly now: { readonly source: string | null; readonly destination: string | null };
}

/** The ledger's word about a side still means something: UIDs of a folder that was made anew are other messages. */
function isTrue({ ledger: { identity }, now }: LabelLedger, side: Side): boolean {
  return now[side] === null || now[side] === identity[side].uidValidity;
}

/** Both sides say that they are what the ledger knows: the UIDs of its pairs name the same messages still. */
export const isCertain = ({ ledger: { identity }, now }: LabelLedger): boolean =>
  SIDES.every((side) => now[side] !== null && now[side] === identity[side].uidValidity);

/** Source UIDs of messages that stand at the destination by this ledger. */
export function storedBy(one: LabelLedger): UidSet {
  if (!isTrue(one, 'source') || !isTrue(one, 'destination')) return new UidSet();
  const { ledger } = one;
  const stored = ledger.settledSources().minus(ledger.carried).minus(ledger.vanished);
  for (const { uids } of ledger.skips) stored.deleteAll(uids);
  return stored;
}

/** Source UIDs of which nothing is to be decided any more in this folder. */
export function settledBy(one: LabelLedger): UidSet {
  if (!isTrue(one, 'source')) return new UidSet();
  if (isTrue(one, 'destination')) return one.ledger.settledSources();
  return one.ledger.carried.union(skippedBy(one.ledger, isByOperator));
}

/**
 * Its failures, what operators or the dates of the batch left out, and what may be under way: those messages stay with
 * their folder. A date is the message's, and the same in every folder.
 */
export function boundBy(one: LabelLedger): UidSet {
  if (!isTrue(one, 'source')) return new UidSet();
  const { ledger } = one;
  const bound = ledger.failed.union(skippedBy(ledger, isByOperator)).union(leftOutByDate(ledger));
  return ledger.writing && isTrue(one, 'destination') ? bound.union(ledger.sending) : bound;
}

/**
 * Reads a ledger's word about the messages of its folder.
 *
 * @param indexOf  of a source folder's name; null: it is not among those that are copied
 */
export function fatesBy(
  one: LabelLedger,
  deleted: DeletedMode,
  indexOf: (folder: string) => number | null,
): FolderFates {
  const stored = storedBy(one);
  const carried = new Map<number, UidSet>();
  if (isTrue(one, 'source')) {
    for (const { folder, uids } of one.ledger.carriedBy) {
      const by = indexOf(folder);
      // A label that was deleted since brought it: it is at the destination all the same.
      if (by === null) stored.addAll(uids);
      else carried.set(by, (carried.get(by) ?? new UidSet()).union(uids));
    }
  }
  const closed = isTrue(one, 'source') ? one.ledger.vanished : new UidSet();
  // A run that does not leave them out copies them.
  if (deleted === 'skip') closed.addAll(leftOutDeleted(one.ledger));
  return { stored, carried, bound: boundBy(one), closed };
}
