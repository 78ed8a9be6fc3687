import { expect, it } from 'vitest';
import {
  aNightOfRests,
  aNightOfWindows,
  aSlowNight,
  aStaggeredNight,
  aThrottledNight,
  howItTold,
  misleading,
  toldText,
} from '../../support/slow-night.js';

const batchesOf = (night: Awaited<ReturnType<typeof aSlowNight>>) =>
  night.events.flatMap((event) => (event.type === 'batch' ? [event.batch] : []));

it.each([1, 2, 3])(
  'tells the end of a slow night of 30 within a fifth of the truth, from a fifth of the time on (seed %i)',
  async (seed) => {
    const night = await aSlowNight({ seed });
    expect(await night.run()).toBe(0);
    const batches = batchesOf(night);
    const told = howItTold(batches);
    console.info(`a slow night of 30, seed ${seed}, off by part of the whole: ${toldText(told)}`);
    expect(night.log.at(-1)?.text).toMatch(/^done at .* it was told as about .*% of the time it took$/);
    expect(Math.max(...told.filter(({ at }) => at >= 0.2).map(({ ofWhole }) => Math.abs(ofWhole)))).toBeLessThan(0.2);
  },
);

it.each([
  ['the source throttles', aThrottledNight],
  ['mailboxes rest', aNightOfRests],
  ['windows close', aNightOfWindows],
  ['first starts are far apart', aStaggeredNight],
] as const)('tells an end within a fifth of the truth, or a range that holds it, where %s', async (what, begin) => {
  const night = await begin(1);
  expect([0, 3]).toContain(await night.run());
  const told = howItTold(batchesOf(night));
  console.info(`a slow night of 30 where ${what}, off by part of the whole: ${toldText(told)}`);
  expect(told.length).toBeGreaterThan(50);
  expect(misleading(told)).toEqual([]);
});
