import { z } from 'zod';
import { uidSetText, uidValidity } from '../documents/field-schemas.js';
import { UidSet } from '../uid/uid-set.js';

/**
 * Messages of a source folder that another folder brought to the destination. Only for Gmail, where a folder is a
 * label.
 */
export interface Carried {
  /** Name of the source folder that brought them. */
  readonly folder: string;
  /**
   * UIDVALIDITY of that folder's destination; null: it tells none. A folder that was made anew does not hold them any
   * more.
   */
  readonly uidValidity: string | null;
  /** Source UIDs of the folder in which they were not copied. */
  readonly uids: UidSet;
}

/** The labels in a UID ledger. Absent where folders are no labels. */
export const ledgerLabelsSchema = z.strictObject({
  /** Source UIDs that may have been sent since the floor was put on disk. No other folder brings these. */
  sending: uidSetText,
  carried: z.array(z.strictObject({ folder: z.string(), uidValidity: uidValidity.nullable(), uids: uidSetText })),
});
type LedgerLabels = z.infer<typeof ledgerLabelsSchema>;

/** The labels for the document; empty where there is nothing to write. */
export function writeLabels(sending: UidSet, carried: readonly Carried[]): { readonly labels?: LedgerLabels } {
  if (sending.isEmpty && carried.length === 0) return {};
  return {
    labels: {
      sending: sending.toString(),
      carried: carried.map(({ uids, ...by }) => ({ ...by, uids: uids.toString() })),
    },
  };
}

export function readCarried(labels: LedgerLabels | undefined): readonly Carried[] {
  return (labels?.carried ?? []).map(({ uids, ...by }) => ({ ...by, uids: UidSet.parse(uids) }));
}

/** Adds messages to those that the same folder brought. */
export function withCarried(known: readonly Carried[], more: Carried): readonly Carried[] {
  if (more.uids.isEmpty) return known;
  const isSame = (one: Carried) => one.folder === more.folder && one.uidValidity === more.uidValidity;
  const before = known.find(isSame);
  if (!before) return [...known, more];
  return known.map((one) => (one === before ? { ...more, uids: before.uids.union(more.uids) } : one));
}

export function withoutCarried(known: readonly Carried[], uids: UidSet): readonly Carried[] {
  if (known.length === 0 || uids.isEmpty) return known;
  return known.map((one) => ({ ...one, uids: one.uids.minus(uids) })).filter((one) => !one.uids.isEmpty);
}

export function allCarried(known: readonly Carried[]): UidSet {
  const all = new UidSet();
  for (const { uids } of known) all.addAll(uids);
  return all;
}
