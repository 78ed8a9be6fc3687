import { expect, it } from 'vitest';
import { aSlowNight, howItTold, toldText } from '../../support/slow-night.js';

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
