import type { Counts } from '../../protocol/entities.js';

/** Messages of which it is known what became of them. */
export function settled({ total, left }: Counts): number {
  return Math.max(0, total - left);
}

/** 0 to 1; nothing to do is nothing done until the folders are known. */
export function share(counts: Counts): number {
  return counts.total > 0 ? settled(counts) / counts.total : 0;
}
