import { SIDES, type Side } from '../../words/side.js';
import type { LedgerSide } from './uid-ledger-document.js';

export type LedgerIdentity = Readonly<Record<Side, LedgerSide>>;

/** Decimal UIDVALIDITY of both folders, as SELECT or EXAMINE answers it (RFC 3501, section 7.1). */
export type UidValidities = Readonly<Record<Side, string>>;

export type Beginning =
  | { readonly kind: 'new' }
  | { readonly kind: 'known' }
  /** UIDVALIDITY changed there: the pairs are void, what is at the destination is to be matched afresh. */
  | { readonly kind: 'voided'; readonly sides: readonly Side[] };

/** Whether the folders were never opened. */
export function isUnopened(identity: LedgerIdentity): boolean {
  return SIDES.every((side) => identity[side].uidValidity === null);
}

/** The sides whose UIDs mean something else now. */
export function changedSides(identity: LedgerIdentity, now: UidValidities): readonly Side[] {
  return SIDES.filter((side) => identity[side].uidValidity !== now[side]);
}

/** The same folders, as they are now. */
export function identifiedBy({ source, destination }: LedgerIdentity, now: UidValidities): LedgerIdentity {
  return {
    source: { folder: source.folder, uidValidity: now.source },
    destination: { folder: destination.folder, uidValidity: now.destination },
  };
}
