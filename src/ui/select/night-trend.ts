import type { ErrorGroupEntity } from '../../protocol/answers.js';

/** Duration that one number of a trend covers, in milliseconds. */
const HALF_HOUR = 1_800_000;

/** The half hour in which the first of these groups happened, else the present one. Milliseconds since the epoch. */
export function trendsFrom(groups: readonly ErrorGroupEntity[], now: number): number {
  const first = groups.reduce((least, { trendFrom }) => Math.min(least, trendFrom), now);
  return Math.floor(first / HALF_HOUR) * HALF_HOUR;
}

/**
 * How often a group happened in each half hour between two times, so that the trends of groups line up.
 *
 * @param from, to  milliseconds since the epoch
 * @param most      cells; the last ones where there are more half hours
 */
export function trendBetween(
  { trend, trendFrom }: Pick<ErrorGroupEntity, 'trend' | 'trendFrom'>,
  from: number,
  to: number,
  most: number,
): readonly number[] {
  const [first, last] = [Math.floor(from / HALF_HOUR), Math.floor(to / HALF_HOUR)];
  const cells = Math.max(0, Math.min(most, last - first + 1));
  const begins = Math.floor(trendFrom / HALF_HOUR);
  return Array.from({ length: cells }, (_, i) => trend[last - cells + 1 + i - begins] ?? 0);
}
