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
