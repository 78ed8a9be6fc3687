/** The end that is told follows what is worked out within this part of the time that is left, in milliseconds at the least and most. */
const FOLLOWS = { part: 0.06, least: 5_000, most: 180_000 } as const;

/**
 * @param told    milliseconds that are left by what was told before; null: nothing was
 * @param found   milliseconds that are left as it is worked out now
 * @param since   milliseconds since it was told
 */
export function smoothed(told: number | null, found: number, since: number): number {
  if (told === null) return found;
  const within = Math.min(FOLLOWS.most, Math.max(FOLLOWS.least, FOLLOWS.part * found));
  const share = 1 - Math.exp(-since / within);
  return Math.max(0, told + (found - told) * share);
}
