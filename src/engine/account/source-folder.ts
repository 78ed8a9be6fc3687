import type { UidSet } from '../../store/uid/uid-set.js';

/** The messages of a source folder as one opening showed them. */
export interface SourceFolder {
  /** EXISTS at this EXAMINE (RFC 9051 section 7.4.1); null: the server did not say. */
  readonly exists: number | null;
  /** UIDs that were named at this opening and that no earlier run had settled. */
  readonly listed: UidSet;
  /** How many UIDs of the folder earlier runs had settled. */
  readonly settledBefore: number;
  /** How many of these another folder had brought. */
  readonly carriedBefore: number;
  /** How many of the settled ones are known to be gone by now. */
  readonly goneBefore: number;
}

/** The messages of a folder by its UID ledger. Each UID is in one of these sets at most. */
export interface Fates {
  /** Stored at the destination, or found there. */
  readonly settled: UidSet;
  readonly failed: UidSet;
  readonly skipped: UidSet;
  /** Another folder brings or brought these, or has an entry that says why it does not. */
  readonly carried: UidSet;
  /** Gone from the source before they were copied. */
  readonly vanished: UidSet;
}

/** Every message of a folder, counted once. The folder holds the sum of all but `gone`. */
export interface SourceAccount {
  readonly settled: number;
  readonly failed: number;
  readonly skipped: number;
  readonly carried: number;
  readonly vanished: number;
  /** Messages that were listed, and that nobody copied, entered or skipped. */
  readonly left: UidSet;
  /** How many messages the folder counts that nobody named. */
  readonly notSeen: number;
  /**
   * Messages that an earlier run settled and that are gone from the source since. They are no part of the folder any
   * more.
   */
  readonly gone: number;
}

/**
 * Balances a source folder. Each message that is there at this EXAMINE is exactly one of settled, failed, skipped,
 * carried by another folder, vanished since, left, or not seen.
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
    // More messages named than counted is no loss: mail arrived between EXAMINE and the list.
    notSeen: exists === null ? 0 : Math.max(0, exists - there - listed.size),
    gone: goneBefore,
  };
}

/** Whether nothing is left, and every message that the folder counts was seen. */
export function balances({ left, notSeen }: SourceAccount): boolean {
  return left.isEmpty && notSeen === 0;
}
