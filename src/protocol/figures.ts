import type { BatchEntity, Counts } from './entities.js';

/** Figures that several places show. Each is calculated here, for every screen and every line. */

/** Messages whose outcome is known. */
export function settled({ total, left }: Counts): number {
  return Math.max(0, total - left);
}

/** The part that is done, 0 to 1. Before the folders are known, nothing counts as done. */
export function share(counts: Counts): number {
  return counts.total > 0 ? settled(counts) / counts.total : 0;
}

/**
 * Bytes that are still to be settled, as far as counts tell. Messages that were settled without a copy are taken to be
 * of middling size.
 */
export function bytesLeftBy({ total, copied, left, bytesTotal, bytesCopied }: Counts): number {
  if (left === 0 || total === 0) return 0;
  const withoutCopy = Math.max(0, total - left - copied) * (bytesTotal / total);
  return Math.max(0, Math.round(bytesTotal - bytesCopied - withoutCopy));
}

/** Bytes of messages whose outcome is known; all bytes when nothing is left. */
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
 * Messages of a whole batch. Mailboxes that have not begun are taken for ones like the others: without that, 65% of the
 * first mailbox would show as 65% of the night.
 */
export function wholeOf({ counts, expected }: Pick<BatchEntity, 'counts' | 'expected'>): number {
  return Math.max(expected, counts.total);
}

/** The part of a whole batch that is done, 0 to 1. */
export function shareOfWhole(batch: Pick<BatchEntity, 'counts' | 'expected'>): number {
  const whole = wholeOf(batch);
  return whole > 0 ? settled(batch.counts) / whole : 0;
}
