/** The number of half hours that are kept: a day and a night. */
const KEPT = 48;

const HALF_HOUR_MS = 1_800_000;

/** How often something happened, by half hour since the epoch. Half hours without any are left out. */
export type HalfHours = Map<number, number>;

/** @param at  milliseconds since the epoch */
export function halfHourOf(at: number): number {
  return Math.floor(at / HALF_HOUR_MS);
}

/**
 * Counts one more time. Times before the half hours that are kept count to the first of these, so that the sum stays
 * right.
 *
 * @param at  milliseconds since the epoch
 */
export function happened(when: HalfHours, at: number): void {
  const halfHour = halfHourOf(at);
  when.set(halfHour, (when.get(halfHour) ?? 0) + 1);
  if (when.size <= KEPT) return;
  const oldest = Math.min(...when.keys());
  const times = when.get(oldest) ?? 0;
  when.delete(oldest);
  const first = Math.min(...when.keys());
  when.set(first, (when.get(first) ?? 0) + times);
}
