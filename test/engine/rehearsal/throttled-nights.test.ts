import { expect, it } from 'vitest';
import type { Night } from '../../support/night.js';
import { aThinNight, comparedText, rehearsedNight, seenInEarlier } from './rehearsed-night.js';
import { fewConnections, throttledAppends, throttledBodies } from './throttles.js';

const PILOT = 6;
const MAILBOXES = 30;

const UNNAMED = 'by bytes in a window, without a word of when';

/** How well a night can be foretold. */
interface Bound {
  /** Of the end, as a part of the night. */
  readonly off: number;
  /** Part of the mailboxes of which it was said rightly whether they are done by an hour, in the mean of {@link HOURS}. */
  readonly agrees: number;
}
/** Hours that are asked for, as parts of the night. At a single one two of thirty mailboxes may be some seconds early or late. */
const HOURS = [0.3, 0.5, 0.7, 0.8, 0.9];
const WELL: Bound = { off: 0.1, agrees: 0.95 };
/** Where a server says nothing of when, tries in vain are apart by chance: by up to 2 or 4 min after some of them. */
const BY_CHANCE: Bound = { off: 0.2, agrees: 0.8 };

const KINDS: Readonly<Record<string, (night: Night) => void>> = {
  'by messages, "try again in N seconds"': ({ source, clock }) =>
    source.goesWrong(throttledBodies(clock, { most: 12, ms: 90_000 }, 'messages', 'the wait')),
  'by bytes in a window, "try again in N seconds"': ({ source, clock }) =>
    source.goesWrong(throttledBodies(clock, { most: 60_000, ms: 120_000 }, 'bytes', 'the wait')),
  [UNNAMED]: ({ source, clock }) =>
    source.goesWrong(throttledBodies(clock, { most: 60_000, ms: 120_000 }, 'bytes', 'no wait')),
  'by APPENDs, at the destination': ({ destination, clock }) =>
    destination.goesWrong(throttledAppends(clock, { most: 10, ms: 60_000 })),
  'by connections that no profile knows': ({ source }) => source.goesWrong(fewConnections(source.server, 4)),
};

it.each(Object.keys(KINDS).flatMap((kind) => [1, 2].map((seed) => [kind, seed] as const)))(
  'promises the end of a throttled night within a tenth, and who is done by the hour (%s, seed %i)',
  async (kind, seed) => {
    const begins = KINDS[kind]!;
    const earlier = await aThinNight(7, PILOT, {
      mailboxes: Array.from({ length: PILOT }, (_, at) => `pilot${at + 60 + seed * 10}`),
    });
    begins(earlier);
    const seen = await seenInEarlier(earlier);
    const night = await aThinNight(seed, MAILBOXES);
    const compared = await rehearsedNight(night, seen, () => begins(night));
    console.info(`${kind}, seed ${seed}: ${comparedText(compared)}`);
    const bound = kind === UNNAMED ? BY_CHANCE : WELL;
    expect(Math.abs(compared.off)).toBeLessThan(bound.off);
    const agreed = HOURS.map((part) => compared.agrees(part));
    expect(agreed.reduce((sum, one) => sum + one, 0) / HOURS.length).toBeGreaterThanOrEqual(bound.agrees);
    if (kind === UNNAMED) expect(compared.isInRange).toBe(true);
  },
  120_000,
);
