import type { MemoryBudget } from '../memory-budget.js';

import type { TodoChunk } from './chunks.js';

/** Flags, dates, slices and promises of one message while it is under way, in bytes, about. */
const WITH_EACH = 1024;

/** What a chunk takes in memory while it is under way, in bytes. */
export function weightOf({ uids, bytes }: TodoChunk): number {
  return bytes + uids.length * WITH_EACH;
}

/**
 * Reserves in the mailbox's own budget first and in the common one then, always in that order, so
 * that two never wait for each other.
 *
 * @returns how to give it back, once
 */
export async function reserveAll(
  budgets: readonly MemoryBudget[],
  bytes: number,
  signal: AbortSignal,
): Promise<() => void> {
  const held: [MemoryBudget, number][] = [];
  const release = () => {
    for (const [budget, taken] of held.splice(0)) budget.release(taken);
  };
  try {
    for (const budget of budgets) held.push([budget, await budget.reserve(bytes, signal)]);
  } catch (error) {
    release();
    throw error;
  }
  return release;
}
