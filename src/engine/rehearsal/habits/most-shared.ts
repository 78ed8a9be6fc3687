import type { Between } from './habits.js';

/** The stretch in which most of several ranges agree. */
export interface Shared extends Between {
  /** How many of the ranges cover it. */
  readonly hits: number;
}

/** The stretch that lies in most of these ranges. @param all  at least one; an end may be infinite */
export function mostShared(all: readonly Between[]): Shared {
  const edges = all
    .flatMap(({ least, most }) => [
      { at: least, by: 1 },
      { at: most, by: -1 },
    ])
    // At one place, those that begin come before those that end.
    .sort((a, b) => a.at - b.at || b.by - a.by);
  let best: Shared = { ...all[0]!, hits: 0 };
  let now = 0;
  for (const [index, { at, by }] of edges.entries()) {
    now += by;
    if (by > 0 && now > best.hits) best = { least: at, most: edges[index + 1]?.at ?? at, hits: now };
  }
  return best;
}

const [SECOND, MINUTE] = [1_000, 60_000];
/** Steps in which people set a limit, the roundest first. */
const ROUND: readonly number[] = [60, 30, 15, 10, 5, 1, 0.5, 0.25].map((minutes) => minutes * MINUTE);

/** The duration between two others that a person is likeliest to have set. */
export function roundest({ least, most }: Between): number {
  for (const step of [...ROUND, 10 * SECOND, 5 * SECOND, SECOND]) {
    const at = Math.ceil(least / step) * step;
    if (at > 0 && at <= most) return at;
  }
  return (least + most) / 2;
}
