import type { UidLedgerDocument } from './uid-ledger-document.js';
import { UidSet } from './uid-set.js';

/** Source UIDs of messages that are sent otherwise than the source has them, by an operator's order. */
export interface Treated {
  /** With its date alone. */
  readonly withoutFlags: UidSet;
  /** With its bytes mended. */
  readonly repaired: UidSet;
}

export const nothingTreated = (): Treated => ({ withoutFlags: new UidSet(), repaired: new UidSet() });

/**
 * Of these messages `now` holds and nothing of what was said before; of all others that holds still.
 *
 * @returns `before` where nothing changes
 */
export function treatedNow(before: Treated, uids: UidSet, now: Treated): Treated {
  const after: Treated = {
    withoutFlags: before.withoutFlags.minus(uids).union(now.withoutFlags.intersect(uids)),
    repaired: before.repaired.minus(uids).union(now.repaired.intersect(uids)),
  };
  const same = after.withoutFlags.equals(before.withoutFlags) && after.repaired.equals(before.repaired);
  return same ? before : after;
}

export function readTreated({ treated }: UidLedgerDocument): Treated {
  if (!treated) return nothingTreated();
  return { withoutFlags: UidSet.parse(treated.withoutFlags), repaired: UidSet.parse(treated.repaired) };
}

/** Not written where there is nothing to write, as in nearly every ledger. */
export function writeTreated({ withoutFlags, repaired }: Treated): Pick<UidLedgerDocument, 'treated'> {
  if (withoutFlags.isEmpty && repaired.isEmpty) return {};
  return { treated: { withoutFlags: withoutFlags.toString(), repaired: repaired.toString() } };
}
