/** Messages by what became of them, counted once each. `left` is what is still to be settled. */
export interface Counts {
  readonly total: number;
  readonly copied: number;
  /** Found at the destination already, and proven equal. */
  readonly matched: number;
  readonly skipped: number;
  /** Left out because the batch copies the messages of some days only. */
  readonly outside: number;
  readonly failed: number;
  readonly vanished: number;
  readonly left: number;
  /** Brought by another folder, where folders are labels; they are no part of the total. */
  readonly carried: number;
  /** Bytes of total, and of copied, in whichever run. */
  readonly bytesTotal: number;
  readonly bytesCopied: number;
}

export const NO_COUNTS: Counts = {
  total: 0,
  copied: 0,
  matched: 0,
  skipped: 0,
  outside: 0,
  failed: 0,
  vanished: 0,
  left: 0,
  carried: 0,
  bytesTotal: 0,
  bytesCopied: 0,
};
