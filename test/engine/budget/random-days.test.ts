import { describe, expect, it } from 'vitest';
import { pick, seeded } from '../../../bench/lab/seeded.js';
import { DailyLock, drop, type Rule } from '../../../demo/server/index.js';
import type { Budget } from '../../../src/store/batch/limits.js';
import type { Random } from '../../../src/words/clock.js';
import type { Side } from '../../../src/words/side.js';
import { aNight, type Night } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { HOUR } from '../../support/trouble.js';

/** A budget of 20 MB a day, a hundred times smaller: all of it is counted alike. */
const MOST = 200_000;
const DAY = 24 * HOUR;
const SEEDS = [1, 2, 3, 4, 5, 6];

interface Metered {
  readonly side: Side;
  readonly unit: Budget['unit'];
  readonly most: number;
}

/** Some 450 kB in 90 messages, and a server that locks the account above the budget. */
async function aMeteredNight({ side, unit, most }: Metered, seed: number): Promise<readonly [Night, DailyLock]> {
  const limits = {
    profile: { name: null, overrides: {} },
    budgets: [{ of: 'account', unit, most } as const],
    rate: null,
  };
  const night = await aNight({
    mail: () => ({
      INBOX: letters(50, 'in', { bytes: 5_000 }),
      Archive: letters(40, 'arch', { bytes: 5_000 }),
    }),
    endpoints: { [side]: { limits } },
    seed,
  });
  const lock = new DailyLock(night.clock, most, { of: side === 'source' ? 'read' : 'stored', unit });
  return [night, lock];
}

/** The connection drops in the middle of a body, once: what was read of its chunk counts, and is read once more. */
function breaks(random: Random): Rule {
  let left = 5 + pick(random, 30);
  return (event) => (event.at === 'row' && event.items.includes('BODY[]') && --left === 0 ? drop() : undefined);
}

/** Runs until all is copied, killed and begun again at any time; now and then somebody sets the clock. */
async function endsAtLast(night: Night, random: Random, most: number): Promise<void> {
  const { clock } = night;
  for (let kills = 0; kills < most; kills++) {
    const running = night.start();
    const life = Math.floor(HOUR * 10 ** (4 * random() - 3));
    const ended = await clock.until(Promise.race([running.done, clock.sleep(life).then(() => null)]));
    running.kill();
    if (ended !== null) break;
    if (random() < 0.5) clock.jump(-pick(random, 40) * HOUR);
    await clock.passes(pick(random, 3) * HOUR);
  }
  const running = night.start();
  // Set forward while nobody looks, it cannot be told from a day that has passed.
  void clock.sleep(pick(random, 20) * HOUR).then(() => clock.jump((random() < 0.5 ? 1 : -1) * pick(random, 40) * HOUR));
  expect(await clock.until(running.done)).toBe(0);
}

describe.each<Metered>([
  { side: 'source', unit: 'bytes', most: MOST },
  { side: 'source', unit: 'messages', most: 40 },
  { side: 'destination', unit: 'bytes', most: MOST },
  { side: 'destination', unit: 'messages', most: 40 },
])('a budget of $most $unit a day at the $side', (metered) => {
  it.each(SEEDS)(
    'is kept through kills, drops and clocks that are set, and all is there on the right day (%i)',
    async (seed) => {
      const random = seeded(seed * 31);
      const [night, lock] = await aMeteredNight(metered, seed);
      const isDropped = seed % 2 === 0;
      const dropping = breaks(random);
      night[metered.side].goesWrong(lock.hook);
      if (isDropped) night.source.goesWrong((event) => lock.hook(event) ?? dropping(event));
      await endsAtLast(night, random, isDropped ? 1 : 3);
      expectSameMail(night, 'ann');
      expect(lock.lockedAt).toEqual([]);
      // A little more than two days' worth. A chunk that was lost on its way is moved twice, and is as much as a day here.
      expect(night.clock.monotonic() / DAY).toBeGreaterThan(2);
      expect(night.clock.monotonic() / DAY).toBeLessThan(isDropped ? 4 : 3.5);
    },
  );
});

it('is shared by batches of one workspace that read the same account at the same time', async () => {
  const [night, lock] = await aMeteredNight({ side: 'source', unit: 'bytes', most: MOST }, 1);
  night.source.goesWrong(lock.hook);
  const batch = (folder: string) => ({ options: { ...night.batch.options, include: [folder] } });
  const one = night.start({ batch: batch('INBOX') });
  const two = night.start({ name: 'second', batch: batch('Archive') });
  expect(await night.clock.until(Promise.all([one.done, two.done]))).toEqual([0, 0]);
  expectSameMail(night, 'ann');
  expect(lock.lockedAt).toEqual([]);
  expect(lock.most).toBeGreaterThan(0.9 * MOST);
  expect(night.clock.monotonic() / DAY).toBeGreaterThan(2);
  expect(night.clock.monotonic() / DAY).toBeLessThan(3.5);
});
