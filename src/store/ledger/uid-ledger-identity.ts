import { SIDES, type Side } from '../../words/side.js';
import type { LedgerSide } from './uid-ledger-document.js';

export type LedgerIdentity = Readonly<Record<Side, LedgerSide>>;

/** Decimal UIDVALIDITY of both folders, as SELECT or EXAMINE answers it (RFC 3501, section 7.1). */
export type UidValidities = Readonly<Record<Side, string>>;

export type Beginning =
  | { readonly kind: 'new' }
  | { readonly kind: 'known' }
  /** UIDVALIDITY changed on these sides. The pairs are void, and mail at the destination is matched afresh. */
  | { readonly kind: 'voided'; readonly sides: readonly Side[] };

/** Whether the folders were never opened. */
export function isUnopened(identity: LedgerIdentity): boolean {
  return SIDES.every((side) => identity[side].uidValidity === null);
}

/** The sides on which UIDs mean other messages now. */
export function changedSides(identity: LedgerIdentity, now: UidValidities): readonly Side[] {
  return SIDES.filter((side) => identity[side].uidValidity !== now[side]);
}

/** The identity of the same folders with their present UIDVALIDITY. */
export function identifiedBy({ source, destination }: LedgerIdentity, now: UidValidities): LedgerIdentity {
  return {
    source: { folder: source.folder, uidValidity: now.source },
    destination: { folder: destination.folder, uidValidity: now.destination },
  };
}
