import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MemoryBudget } from '../../../../src/engine/copy/memory/memory-budget.js';

const live = new AbortController().signal;

/** Lets everything run that waits for nothing but its turn. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A reservation, and whether it was granted yet. */
function reservation(budget: MemoryBudget, bytes: number, signal: AbortSignal = live) {
  const state = { granted: null as number | null, refused: null as unknown };
  budget.reserve(bytes, signal).then(
    (taken) => {
      state.granted = taken;
    },
    (reason: unknown) => {
      state.refused = reason;
    },
  );
  return state;
}

it('grants what fits, and lets the rest wait until there is room', async () => {
  const budget = new MemoryBudget(100);
  expect(await budget.reserve(60, live)).toBe(60);
  const next = reservation(budget, 50);
  await settled();
  expect(next.granted).toBeNull();
  budget.release(60);
  await settled();
  expect(next.granted).toBe(50);
  expect(budget.used).toBe(50);
});

it('lets a message larger than all of it through alone', async () => {
  const budget = new MemoryBudget(100);
  await budget.reserve(1, live);
  const large = reservation(budget, 5000);
  await settled();
  expect(large.granted).toBeNull();
  budget.release(1);
  await settled();
  expect(large.granted).toBe(100);
  const small = reservation(budget, 1);
  await settled();
  expect(small.granted).toBeNull();
  budget.release(100);
  await settled();
  expect(small.granted).toBe(1);
});

it('lets nobody pass a large one that waits', async () => {
  const budget = new MemoryBudget(100);
  await budget.reserve(50, live);
  const large = reservation(budget, 90);
  const small = reservation(budget, 10);
  await settled();
  expect([large.granted, small.granted]).toEqual([null, null]);
  budget.release(50);
  await settled();
  expect([large.granted, small.granted]).toEqual([90, 10]);
});

it('lets go of the place of one who stops waiting, and admits those behind', async () => {
  const budget = new MemoryBudget(100);
  await budget.reserve(50, live);
  const stop = new AbortController();
  const large = reservation(budget, 90, stop.signal);
  const small = reservation(budget, 10);
  await settled();
  const reason = new Error('stopped');
  stop.abort(reason);
  await settled();
  expect(large.refused).toBe(reason);
  expect(small.granted).toBe(10);
  expect(budget.used).toBe(60);
});

it('takes nothing for one who was stopped before', async () => {
  const budget = new MemoryBudget(100);
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  await expect(budget.reserve(10, stop.signal)).rejects.toThrow('stopped');
  expect(budget.used).toBe(0);
});

it('is never overdrawn, and empty when all was given back', async () => {
  const steps = fc.array(fc.record({ bytes: fc.nat({ max: 150 }), stop: fc.boolean() }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const budget = new MemoryBudget(100);
      const work = all.map(async ({ bytes, stop }) => {
        const stopper = new AbortController();
        const reserved = budget.reserve(bytes, stopper.signal);
        if (stop) stopper.abort(new Error('stopped'));
        const taken = await reserved.catch(() => null);
        expect(budget.used).toBeLessThanOrEqual(100);
        await settled();
        if (taken !== null) budget.release(taken);
      });
      await Promise.all(work);
      expect(budget.used).toBe(0);
    }),
    { numRuns: 100 },
  );
});
