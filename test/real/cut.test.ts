import { expect, it } from 'vitest';
import { lastOf, story } from '../support/nightferry.js';
import { startProxy } from '../support/proxy.js';
import { newcomer } from './newcomer.js';
import { describeReal, expectSynced } from './world.js';

const LIMIT = 600;

/**
 * Where a connection breaks, each time after so many bytes more: early, in the middle of mail, in an answer, in a command.
 * In all it is less than what must pass (3.7 MB of mail, 107 KB of answers, 2.4 KB of commands to the source), so that
 * each break comes, whatever was done before it and by which connection.
 */
const CUTS = [
  ['destination', 'up', 40, 2],
  ['destination', 'up', 700_000, 2],
  ['destination', 'down', 25_000, 2],
  ['source', 'down', 400_000, 3],
  ['source', 'down', 1_500_003, 2],
  ['source', 'up', 900, 2],
] as const;

describeReal('a line that breaks', {}, (world) => {
  // Side by side, since each waits out its server most of the time.
  it.concurrent.each(CUTS)(
    'to the %s, %sward after %i bytes, %i times: the engine goes on by itself',
    async (side, direction, afterBytes, times) => {
      const user = newcomer(`cut-${side}-${direction}-${afterBytes}`);
      await world.fill(user, 'small', { limit: LIMIT });
      const proxy = await startProxy({ target: world.pair[side], cut: { direction, afterBytes, times } });
      try {
        const ended = await world.move(user, { [side]: proxy.port });
        expect(proxy.stats.cuts, story(ended)).toBe(times);
        expectSynced(ended);
        expect(lastOf(ended).attempts).toBeGreaterThan(1);
        await world.expectFaithful(user, LIMIT);
      } finally {
        await proxy.stop();
      }
    },
  );

  it.concurrent('that hides the destination’s UIDs and breaks: nothing is lost or doubled', async () => {
    const user = newcomer('blind');
    await world.fill(user, 'small', { limit: LIMIT });
    const cut = { direction: 'up', afterBytes: 900_000, times: 2 } as const;
    const proxy = await startProxy({ target: world.pair.destination, withoutUidPlus: true, cut });
    try {
      expectSynced(await world.move(user, { destination: proxy.port }));
      expect(proxy.stats).toMatchObject({ cuts: 2, appendUidsSeen: 0 });
      await world.expectFaithful(user, LIMIT);
    } finally {
      await proxy.stop();
    }
  });
});
