/** The least time between two notices of one cause, in milliseconds. It doubles while the cause goes on. */
const FIRST_GAP = 60_000;
const LONGEST_GAP = 30 * 60_000;

/** When something was told last, and how long the next notice of it has to wait. */
export interface Pace {
  readonly toldAt: number;
  readonly gap: number;
}

/** @param pace  null: it was never told  @returns the moment from which it may be told */
export function dueAt(pace: Pace | null): number {
  return pace === null ? Number.NEGATIVE_INFINITY : pace.toldAt + pace.gap;
}

/** It is told now. After a long silence the first gap holds again. */
export function toldNow(pace: Pace | null, now: number): Pace {
  if (pace === null || now - pace.toldAt > 2 * LONGEST_GAP) return { toldAt: now, gap: FIRST_GAP };
  return { toldAt: now, gap: Math.min(LONGEST_GAP, pace.gap * 2) };
}
