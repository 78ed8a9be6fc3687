import type { BatchEntity, Counts } from './entities.js';

/** Figures that are shown in several places: each is worked out here, for every screen and every line. */

/** Messages of which it is known what became of them. */
export function settled({ total, left }: Counts): number {
  return Math.max(0, total - left);
}

/** 0 to 1; nothing to do is nothing done until the folders are known. */
export function share(counts: Counts): number {
  return counts.total > 0 ? settled(counts) / counts.total : 0;
}

/** Bytes that are still to be settled, as far as counts tell: messages that were settled without a copy are of middling size. */
export function bytesLeftBy({ total, copied, left, bytesTotal, bytesCopied }: Counts): number {
  if (left === 0 || total === 0) return 0;
  const withoutCopy = Math.max(0, total - left - copied) * (bytesTotal / total);
  return Math.max(0, Math.round(bytesTotal - bytesCopied - withoutCopy));
}

/** Bytes of messages of which it is known what became of them; all bytes when nothing is left. */
export function bytesSettled({
  counts,
  bytesLeft,
}: {
  readonly counts: Pick<Counts, 'bytesTotal'>;
  readonly bytesLeft: number;
}): number {
  return Math.max(0, counts.bytesTotal - bytesLeft);
}

/**
 * Messages of a whole batch. Mailboxes that have not begun are taken for ones like the others: else 65% of the first
 * one would be 65% of the night.
 */
export function wholeOf({ counts, expected }: Pick<BatchEntity, 'counts' | 'expected'>): number {
  return Math.max(expected, counts.total);
}

/** 0 to 1, of a whole batch. */
export function shareOfWhole(batch: Pick<BatchEntity, 'counts' | 'expected'>): number {
  const whole = wholeOf(batch);
  return whole > 0 ? settled(batch.counts) / whole : 0;
}
