import { expect, it } from 'vitest';
import { pick, seeded } from '../../bench/lab/seeded.js';
import { type Ended, lastOf, story } from '../support/nightferry.js';
import { startProxy } from '../support/proxy.js';
import { newcomer } from './newcomer.js';
import { describeReal, expectSynced } from './world.js';

const LIMIT = 900;
/** Some 20 MB: more than is in flight at a time, so that a stop leaves something to do. */
const STOPPED = 300;
/** Slow enough to be killed in the middle, several times. */
const SLOW = { latencyMs: 4, bytesPerSecond: 2 << 20 };

describeReal('a program that dies', {}, (world) => {
  // Side by side, since each waits for a slow line most of the time.
  it.concurrent.each([
    ['where the destination tells UIDs', 1, false, []],
    ['without UIDPLUS', 2, true, []],
    ['without UIDPLUS, one message a command', 3, true, ['MULTIAPPEND']],
  ] as const)(
    'at any moment and again loses nothing and doubles nothing (%s)',
    async (name, seed, withoutUidPlus, hideCapabilities) => {
      const random = seeded(seed);
      const user = newcomer(`dies${seed}`);
      const { bytes } = await world.fill(user, 'small', { limit: LIMIT });
      const proxy = await startProxy({ target: world.pair.destination, withoutUidPlus, hideCapabilities, ...SLOW });
      try {
        let ended: Ended | null = null;
        let kills = 0;
        while (kills < 4) {
          const run = world.operator.start(world.moveOf(user, { destination: proxy.port }));
          // Most die while mail is on its way, some while a broken run is being made good.
          const until = proxy.stats.up + pick(random, bytes / 3);
          const deadline = Date.now() + 300 + pick(random, 4000);
          const over = await Promise.race([
            run.ended,
            reached(() => proxy.stats.up > until || Date.now() > deadline).then(() => null),
          ]);
          if (over !== null) {
            ended = over;
            break;
          }
          run.kill('SIGKILL');
          expect((await run.ended).signal).toBe('SIGKILL');
          kills++;
        }
        expect(kills, `${name}: it was over before it could be killed`).toBeGreaterThan(1);
        ended ??= await world.operator.run(world.moveOf(user, { destination: proxy.port }));
        expectSynced(ended);
        await world.expectFaithful(user, LIMIT);
        const { total, copied, matched } = lastOf(ended).counts;
        expect([total, copied + matched], story(ended)).toEqual([LIMIT, LIMIT]);
        if (withoutUidPlus) expect(proxy.stats.appendUidsSeen).toBe(0);
        expectSynced(await world.operator.run(world.moveOf(user, { destination: proxy.port })));
        await world.expectFaithful(user, LIMIT);
      } finally {
        await proxy.stop();
      }
    },
  );

  it.concurrent.each([
    ['at once', ['--now']],
    ['when what is in flight has arrived', []],
  ])(
    'or is told to stop %s ends in 4, says so, and goes on by `resume`',
    async (name, how) => {
      const user = newcomer(`stops${how.length}`);
      await world.fill(user, 'mixed', { limit: STOPPED });
      const proxy = await startProxy({ target: world.pair.destination, latencyMs: 4, bytesPerSecond: 3 << 20 });
      try {
        const run = world.operator.start(world.moveOf(user, { destination: proxy.port }));
        await reached(() => proxy.stats.up > 1 << 19);
        // However long the order takes to be given, the mailbox is not done meanwhile.
        proxy.hold();
        const told = await world.operator.run(['stop', user, ...how]);
        expect(told.code, told.err).toBe(0);
        proxy.release();
        const stopped = await run.ended;
        expect(stopped.code, name).toBe(4);
        expect(lastOf(stopped).state).toEqual({ kind: 'stopped' });
        const { counts } = lastOf(stopped);
        const { destination, findings } = await world.compare(user);
        expect(findings.filter(({ what }) => what !== 'missing')).toEqual([]);
        // Messages on their way when the connections were dropped are there, and not yet known; those waited for are known.
        expect(counts.copied).toBeLessThan(STOPPED);
        if (how.length === 0) expect(destination).toBe(counts.copied);
        expect((await world.operator.status(user)).mailboxes[0]).toMatchObject({
          state: { kind: 'stopped' },
          errors: 0,
        });
        expectSynced(await world.operator.run(['resume', user, '--json']));
        await world.expectFaithful(user, STOPPED);
      } finally {
        await proxy.stop();
      }
      // A line that was not measured yet is waited for 90 s after it was dropped.
    },
    300_000,
  );
});

async function reached(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
