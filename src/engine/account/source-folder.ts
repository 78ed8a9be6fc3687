import type { UidSet } from '../../store/uid/uid-set.js';

/** The messages of a source folder as one opening showed them. */
export interface SourceFolder {
  /** EXISTS at this EXAMINE (RFC 9051 section 7.4.1); null: the server did not say. */
  readonly exists: number | null;
  /** UIDs that were named at this opening and that no earlier run had settled. */
  readonly listed: UidSet;
  /** How many UIDs of the folder earlier runs had settled. */
  readonly settledBefore: number;
  /** How many of those are known to be gone by now. */
  readonly goneBefore: number;
}

/** The messages of a folder by the UID ledger's word; a UID stands in one of these at most. */
export interface Fates {
  /** Stored at the destination, or found there. */
  readonly settled: UidSet;
  readonly failed: UidSet;
  readonly skipped: UidSet;
  /** Gone from the source before they were copied. */
  readonly vanished: UidSet;
}

/** Every message that the folder holds, counted once. The sum of all but `gone` is what the folder holds. */
export interface SourceAccount {
  readonly settled: number;
  readonly failed: number;
  readonly skipped: number;
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
 * failed, skipped, vanished since, left, or not seen.
 */
export function sourceAccount(
  { exists, listed, settledBefore, goneBefore }: SourceFolder,
  fates: Fates,
): SourceAccount {
  const there = settledBefore - goneBefore;
  const skipped = listed.intersect(fates.skipped);
  const vanished = listed.intersect(fates.vanished).minus(skipped);
  const settled = listed.intersect(fates.settled).minus(skipped).minus(vanished);
  const failed = listed.intersect(fates.failed).minus(settled).minus(skipped).minus(vanished);
  const left = listed.minus(settled).minus(failed).minus(skipped).minus(vanished);
  return {
    settled: there + settled.size,
    failed: failed.size,
    skipped: skipped.size,
    vanished: vanished.size,
    left,
    // More named than counted is no loss: mail arrived between EXAMINE and the list.
    notSeen: exists === null ? 0 : Math.max(0, exists - there - listed.size),
    gone: goneBefore,
  };
}

/** Nothing is left, and everything that the folder counts was seen. */
export function balances({ left, notSeen }: SourceAccount): boolean {
  return left.isEmpty && notSeen === 0;
}
