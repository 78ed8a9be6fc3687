import { expect, it } from 'vitest';
import { Allowance } from '../../../src/engine/budget/allowance.js';
import { Meter } from '../../../src/engine/budget/meter.js';
import { SteadyTime } from '../../../src/engine/budget/steady-time.js';
import type { Budget } from '../../../src/store/batch/limits.js';
import { SpentFile } from '../../../src/store/budgets/spent-file.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';

const BYTES: Budget = { of: 'account', unit: 'bytes', most: 1_000 };
const MESSAGES: Budget = { of: 'account', unit: 'messages', most: 3 };
const HOUR = 3_600_000;

function aWorkspace() {
  const disk = new MemoryDisk();
  const time = { now: Date.UTC(2026, 0, 15, 22), jumped: 0 };
  const wall = () => time.now + time.jumped;
  const clock = { now: wall, monotonic: () => time.now, sleep: async () => {} };
  const context = { disk, now: wall, monotonic: () => 0, onFallback: () => {} };
  const open = (budgets: readonly Budget[] = [BYTES], batch = 'night', of = 'ann at old:993, read from') =>
    Meter.open(new SpentFile('/state', of, batch, context), budgets, steady);
  let steady = new SteadyTime(clock);
  /** Another engine begins. */
  const restarts = () => {
    steady = new SteadyTime(clock);
  };
  return { disk, time, open, restarts };
}

const sizesOf = (count: number, bytes: number) => Array.from({ length: count }, () => bytes);

it('takes the messages that fit, from the first on, and says what the next one waits for', async () => {
  const { time, open } = aWorkspace();
  const ann = new Allowance([{ side: 'source', meter: await open() }]);
  const first = await ann.take(sizesOf(12, 90));
  expect(first).toMatchObject({
    messages: 11,
    spent: { because: { key: 'allowance', side: 'source', of: 'account', unit: 'bytes', most: 1_000 } },
  });
  expect((first.spent?.until ?? 0) - time.now).toBeGreaterThanOrEqual(24 * HOUR);
  expect(ann.spent).toBeNull();
  expect(await ann.take([10])).toMatchObject({ messages: 1, spent: null });
  expect(ann.spent?.until).toBe(first.spent?.until);
  time.now += 25 * HOUR;
  expect(ann.spent).toBeNull();
});

it('has on the disk what was taken before it is moved: whoever comes after a kill has no more', async () => {
  const { open } = aWorkspace();
  const killed = new Allowance([{ side: 'source', meter: await open() }]);
  for (let i = 0; i < 7; i++) await killed.take([100]);
  const next = new Allowance([{ side: 'source', meter: await open() }]);
  const { messages } = await next.take(sizesOf(10, 50));
  // Up to a step of it, a twentieth, counts as moved that was not.
  expect([5, 6]).toContain(messages);
});

it('gives the rest of a step back when an attempt ends', async () => {
  const { open } = aWorkspace();
  const first = new Allowance([{ side: 'source', meter: await open() }]);
  await first.take([505]);
  await first.settle();
  const next = new Allowance([{ side: 'source', meter: await open() }]);
  expect((await next.take(sizesOf(20, 99))).messages).toBe(5);
});

it('counts what another batch moves of the same account at the same time', async () => {
  const { open } = aWorkspace();
  const one = new Allowance([{ side: 'source', meter: await open([BYTES], 'one') }]);
  const two = new Allowance([{ side: 'source', meter: await open([BYTES], 'two') }]);
  let moved = 0;
  for (let i = 0; i < 20; i++) {
    for (const batch of [one, two]) moved += (await batch.take([60])).messages * 60;
  }
  expect(moved).toBeLessThanOrEqual(1_000);
  expect(moved).toBeGreaterThan(700);
  const other = new Allowance([{ side: 'source', meter: await open([BYTES], 'one', 'ben at old:993, read from') }]);
  expect((await other.take([1_000])).messages).toBe(1);
});

it('keeps to each of several budgets, and gives back to one what another refuses', async () => {
  const { open } = aWorkspace();
  const meters = [
    { side: 'source' as const, meter: await open([BYTES]) },
    { side: 'destination' as const, meter: await open([MESSAGES], 'night', 'ann at new:993, written to') },
  ];
  const both = new Allowance(meters);
  const { messages, spent } = await both.take(sizesOf(5, 100));
  expect([messages, spent?.because.side, spent?.because.unit]).toEqual([3, 'destination', 'messages']);
  expect(meters[0]!.meter.lacks({ bytes: 700, messages: 1 })).toBeNull();
});

it('counts what a server gives beyond its list', async () => {
  const { open } = aWorkspace();
  const ann = new Allowance([{ side: 'source', meter: await open() }]);
  await ann.take([100]);
  ann.came([1_000]);
  ann.counted([100]);
  expect(ann.spent).not.toBeNull();
});

it.each([30, -30])(
  'renews nothing where somebody sets the clock by %i hours, nor does the engine after it',
  async (hours) => {
    const { time, open, restarts } = aWorkspace();
    const ann = new Allowance([{ side: 'source', meter: await open() }]);
    await ann.take([1_000]);
    time.jumped = hours * HOUR;
    expect((await ann.take([10])).messages).toBe(0);
    // It is told by the clock as it is now.
    const wait = (ann.spent?.until ?? 0) - (time.now + time.jumped);
    expect(wait).toBeGreaterThanOrEqual(24 * HOUR);
    expect(wait).toBeLessThan(24.3 * HOUR);
    await ann.settle();
    restarts();
    time.now += 20 * HOUR;
    expect((await new Allowance([{ side: 'source', meter: await open() }]).take([10])).messages).toBe(0);
    time.now += 5 * HOUR;
    expect((await new Allowance([{ side: 'source', meter: await open() }]).take([10])).messages).toBe(1);
  },
);

it.each([30, -30])(
  'counts what another batch has moved, though the clock was set by %i hours in between',
  async (hours) => {
    const { time, open } = aWorkspace();
    const one = new Allowance([{ side: 'source', meter: await open([BYTES], 'one') }]);
    await one.take([900]);
    time.jumped = hours * HOUR;
    const two = new Allowance([{ side: 'source', meter: await open([BYTES], 'two') }]);
    expect((await two.take([200])).messages).toBe(0);
    expect((await two.take([40])).messages).toBe(1);
    expect((await one.take([200])).messages).toBe(0);
  },
);

it('counts for a day what was moved before the clock was set back while no engine ran, and not for longer', async () => {
  const { time, open, restarts } = aWorkspace();
  await new Allowance([{ side: 'source', meter: await open() }]).take([1_000]);
  time.jumped = -30 * HOUR;
  restarts();
  const ann = new Allowance([{ side: 'source', meter: await open() }]);
  expect((await ann.take([10])).messages).toBe(0);
  time.now += 24.5 * HOUR;
  expect((await ann.take([10])).messages).toBe(1);
});
