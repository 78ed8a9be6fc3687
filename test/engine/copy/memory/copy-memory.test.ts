import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reserveAll, within } from '../../../../src/engine/copy/memory/copy-memory.js';
import { MemoryBudget } from '../../../../src/engine/copy/memory/memory-budget.js';

const MB = 1024 * 1024;
const never = new AbortController().signal;
const literal = (bytes: number, sum = bytes) => ({ text: '* 3 FETCH (UID 3 BODY[] ', bytes, sum });
const isPending = async (promise: Promise<unknown>) =>
  (await Promise.race([promise.then(() => 'done'), Promise.resolve('pending')])) === 'pending';

describe('the budget of a mailbox', () => {
  it('is corrected when a body is announced whose size was not listed', async () => {
    const budget = new MemoryBudget(16 * MB);
    const lease = await reserveAll([budget], 1024, never);
    expect(lease.announced(literal(MB))).toBeNull();
    expect(budget.used).toBe(MB);
    lease.release();
    expect(budget.used).toBe(0);
  });

  it('takes nothing more for what was listed', async () => {
    const budget = new MemoryBudget(16 * MB);
    const lease = await reserveAll([budget], 2 * MB, never);
    lease.announced(literal(MB));
    lease.announced(literal(MB - 10));
    expect(budget.used).toBe(2 * MB);
  });

  it('stops the reading while what was read before is being sent', async () => {
    const budget = new MemoryBudget(2 * MB);
    const [first, second] = [await reserveAll([budget], 1024, never), await reserveAll([budget], 1024, never)];
    first.announced(literal(2 * MB));
    first.sending();
    const room = second.announced(literal(MB));
    expect(room).not.toBeNull();
    expect(await isPending(room!)).toBe(true);
    first.release();
    await room;
    second.release();
    expect(budget.used).toBe(0);
  });

  it('goes on reading where nothing that was read can make room', async () => {
    const budget = new MemoryBudget(2 * MB);
    const [first, second] = [await reserveAll([budget], 1024, never), await reserveAll([budget], 1024, never)];
    first.announced(literal(2 * MB));
    expect(second.announced(literal(MB))).toBeNull();
  });
});

describe('a literal that is larger than it can be', () => {
  it.each([
    ['of 2 GB where 100 bytes were listed', literal(2 ** 31), 100],
    ['of the second kind in a row', literal(65_000, 3 * MB), 100],
  ])('is not read: %s', async (_what, announced, listed) => {
    const budget = new MemoryBudget(64 * MB);
    const lease = await reserveAll([budget], listed, never);
    expect(() => lease.announced(announced)).toThrow(
      /^UID 3 was announced with \d+ bytes, where about 100 were listed/,
    );
    expect(() => within([budget], listed)(announced)).toThrow('not read');
    expect(budget.used).toBe(listed);
  });

  it('is read where it was listed, whatever the budget', async () => {
    const lease = await reserveAll([new MemoryBudget(MB)], 500 * MB, never);
    expect(lease.announced(literal(500 * MB))).toBeNull();
  });
});

it('gives back exactly what was taken, in any order of announcing, sending and giving back', async () => {
  const step = fc.record({
    lease: fc.nat({ max: 3 }),
    bytes: fc.nat({ max: MB }),
    does: fc.constantFrom('announce', 'send', 'release'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const budgets = [new MemoryBudget(8 * MB), new MemoryBudget(16 * MB)];
      const leases = await Promise.all([0, 1, 2, 3].map(() => reserveAll(budgets, 1024, never)));
      const sent = new Set<number>();
      for (const { lease, bytes, does } of steps) {
        if (does === 'announce' && !sent.has(lease)) leases[lease]!.announced(literal(bytes));
        if (does === 'send' && !sent.has(lease)) {
          leases[lease]!.sending();
          sent.add(lease);
        }
        if (does === 'release') {
          leases[lease]!.release();
          sent.add(lease);
        }
      }
      for (const lease of leases) lease.release();
      expect(budgets.map(({ used }) => used)).toEqual([0, 0]);
      expect(budgets.map((budget) => budget.eased())).toEqual([null, null]);
    }),
  );
});
