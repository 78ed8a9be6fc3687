/** Milliseconds between two publications while these are cheap: at most 4 a second. */
const SHORTEST = 250;
/** Milliseconds after which a screen would look as if the engine stood still. */
const LONGEST = 10_000;
/** The largest part of the time that publishing may take. */
const LARGEST_SHARE = 0.1;

/**
 * How long to wait with the next publication, in milliseconds. An entity has a row for each folder: of a mailbox with
 * 100,000 folders it takes a good part of a second, which copying needs more.
 *
 * @param took  milliseconds of the last one
 */
export function untilNextPublication(took: number): number {
  return Math.max(SHORTEST, Math.min(LONGEST, (took * (1 - LARGEST_SHARE)) / LARGEST_SHARE));
}
