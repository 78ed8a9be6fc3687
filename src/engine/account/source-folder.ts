import type { UidSet } from '../../store/uid/uid-set.js';

/** The messages of a source folder as one opening showed them. */
export interface SourceFolder {
  /** EXISTS at this EXAMINE (RFC 9051 section 7.4.1); null: the server did not say. */
  readonly exists: number | null;
  /** UIDs that were named at this opening and that no earlier run had settled. */
  readonly listed: UidSet;
  /** How many UIDs of the folder earlier runs had settled. */
  readonly settledBefore: number;
  /** How many of those another folder had brought. */
  readonly carriedBefore: number;
  /** How many of those settled are known to be gone by now. */
  readonly goneBefore: number;
}

/** The messages of a folder by the UID ledger's word; a UID stands in one of these at most. */
export interface Fates {
  /** Stored at the destination, or found there. */
  readonly settled: UidSet;
  readonly failed: UidSet;
  readonly skipped: UidSet;
  /** Another folder brings or brought them, or has an entry that says why it does not. */
  readonly carried: UidSet;
  /** Gone from the source before they were copied. */
  readonly vanished: UidSet;
}

/** Every message that the folder holds, counted once. The sum of all but `gone` is what the folder holds. */
export interface SourceAccount {
  readonly settled: number;
  readonly failed: number;
  readonly skipped: number;
  readonly carried: number;
  readonly vanished: number;
  /** Listed, and nobody copied, entered or skipped them. */
  readonly left: UidSet;
  /** The folder counts so many messages more than anybody named. */
  readonly notSeen: number;
  /** Settled by an earlier run and gone from the source since. They are no part of the folder any more. */
  readonly gone: number;
}

/**
 * The law of conservation for a source folder: each message that is there at this EXAMINE is exactly one of settled,
 * failed, skipped, carried by another folder, vanished since, left, or not seen.
 */
export function sourceAccount(
  { exists, listed, settledBefore, carriedBefore, goneBefore }: SourceFolder,
  fates: Fates,
): SourceAccount {
  const there = settledBefore - goneBefore;
  let rest = listed;
  const take = (fate: UidSet): number => {
    const taken = rest.intersect(fate);
    rest = rest.minus(taken);
    return taken.size;
  };
  const skipped = take(fates.skipped);
  const vanished = take(fates.vanished);
  const carried = take(fates.carried);
  const settled = take(fates.settled);
  const failed = take(fates.failed);
  const carriedThere = Math.min(carriedBefore, there);
  return {
    settled: there - carriedThere + settled,
    failed,
    skipped,
    carried: carriedThere + carried,
    vanished,
    left: rest,
    // More named than counted is no loss: mail arrived between EXAMINE and the list.
    notSeen: exists === null ? 0 : Math.max(0, exists - there - listed.size),
    gone: goneBefore,
  };
}

/** Nothing is left, and everything that the folder counts was seen. */
export function balances({ left, notSeen }: SourceAccount): boolean {
  return left.isEmpty && notSeen === 0;
}
