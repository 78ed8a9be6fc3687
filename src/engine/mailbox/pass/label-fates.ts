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
  /** UIDVALIDITY of both folders; null: the server told none, and the ledger is believed. */
  readonly now: { readonly source: string | null; readonly destination: string | null };
}

/** Whether the ledger's UIDs of a side still name the same messages. In a folder that was made anew they do not. */
function isTrue({ ledger: { identity }, now }: LabelLedger, side: Side): boolean {
  return now[side] === null || now[side] === identity[side].uidValidity;
}

/** Whether both servers confirm the UIDVALIDITY of the ledger, so that its pairs still name the same messages. */
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

/** Source UIDs about which this folder has nothing more to decide. */
export function settledBy(one: LabelLedger): UidSet {
  if (!isTrue(one, 'source')) return new UidSet();
  if (isTrue(one, 'destination')) return one.ledger.settledSources();
  return one.ledger.carried.union(skippedBy(one.ledger, isByOperator));
}

/**
 * Source UIDs that stay with this folder: its failures, messages that operators or the dates of the batch left out, and
 * messages that may be under way. A message has one date, so every folder leaves it out alike.
 */
export function boundBy(one: LabelLedger): UidSet {
  if (!isTrue(one, 'source')) return new UidSet();
  const { ledger } = one;
  const bound = ledger.failed.union(skippedBy(ledger, isByOperator)).union(leftOutByDate(ledger));
  return ledger.writing && isTrue(one, 'destination') ? bound.union(ledger.sending) : bound;
}

/**
 * Reads what a ledger says of the messages of its folder.
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
      // The label that brought these messages was deleted since. They are at the destination all the same.
      if (by === null) stored.addAll(uids);
      else carried.set(by, (carried.get(by) ?? new UidSet()).union(uids));
    }
  }
  const closed = isTrue(one, 'source') ? one.ledger.vanished : new UidSet();
  // Messages that were left out for their \Deleted mark are copied by a run that leaves none out.
  if (deleted === 'skip') closed.addAll(leftOutDeleted(one.ledger));
  return { stored, carried, bound: boundBy(one), closed };
}
