import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Amount,
  DAY,
  fits,
  goesOnAt,
  liveSlots,
  restsFor,
  SLOT,
  spend,
  spentOf,
} from '../../../src/engine/budget/rolling-day.js';
import type { Budget } from '../../../src/store/batch/limits.js';
import type { Slot } from '../../../src/store/budgets/spent-file.js';

const T0 = Date.UTC(2026, 0, 15, 22, 5);
const BUDGET: Budget = { of: 'account', unit: 'bytes', most: 100 };
const letter = (bytes: number): Amount => ({ bytes, messages: 1 });

describe('an allowance of 100 bytes in 24 hours', () => {
  it('bears what fits beside what was moved', () => {
    const slots = spend([], letter(60), T0);
    expect([fits(slots, BUDGET, letter(40), T0), fits(slots, BUDGET, letter(41), T0)]).toEqual([true, false]);
  });

  it('is renewed 24 hours after the quarter of an hour in which it was used', () => {
    const slots = spend([], letter(100), T0);
    const at = goesOnAt(slots, BUDGET, letter(1), T0);
    expect(at - T0).toBeGreaterThanOrEqual(DAY);
    expect(at - T0).toBeLessThanOrEqual(DAY + SLOT);
    expect([fits(slots, BUDGET, letter(100), at - 1), fits(slots, BUDGET, letter(100), at)]).toEqual([false, true]);
  });

  it('lets a mailbox rest until a quarter of it is free: a login for each message that fits is worth nothing', () => {
    const early = spend([], letter(10), T0);
    const slots = spend(early, letter(90), T0 + 2 * SLOT);
    // The ten bytes are free first, and are waited past.
    const at = T0 + DAY;
    expect(goesOnAt(slots, BUDGET, letter(1), at)).toBe(goesOnAt(slots.slice(1), BUDGET, letter(1), at));
  });

  it('waits for as much as the next message takes', () => {
    const slots = spend(spend([], letter(50), T0), letter(50), T0 + 2 * SLOT);
    const small = goesOnAt(slots, BUDGET, letter(50), T0 + 3 * SLOT);
    expect(goesOnAt(slots, BUDGET, letter(51), T0 + 3 * SLOT) - small).toBe(2 * SLOT);
  });

  it('lets a message that is larger than itself go alone when nothing counts any more', () => {
    expect(fits([], BUDGET, letter(300), T0)).toBe(true);
    expect(fits([], BUDGET, { bytes: 300, messages: 2 }, T0)).toBe(false);
    const slots = spend([], letter(1), T0);
    expect(fits(slots, BUDGET, letter(300), T0)).toBe(false);
    expect(fits(slots, BUDGET, letter(300), goesOnAt(slots, BUDGET, letter(300), T0))).toBe(true);
  });

  it('counts what was moved before the clock was set back for a day, and not for longer', () => {
    const slots = spend([], letter(100), T0 + 10 * DAY);
    expect(fits(slots, BUDGET, letter(1), T0)).toBe(false);
    expect(goesOnAt(slots, BUDGET, letter(1), T0) - T0).toBeLessThanOrEqual(DAY + SLOT);
  });

  it('tells how long a mailbox rests in all', () => {
    const slots = spend([], letter(40), T0);
    expect([60, 61, 160, 161].map((bytes) => restsFor(slots, BUDGET, letter(bytes), T0) / DAY)).toEqual([0, 1, 1, 2]);
  });
});

it('is never exceeded in any 24 hours, whatever is moved when', () => {
  const moves = fc.array(fc.record({ after: fc.nat(20 * 3_600_000), bytes: fc.integer({ min: 1, max: 100 }) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(moves, (asked) => {
      let now = T0;
      let slots: readonly Slot[] = [];
      const moved: { readonly at: number; readonly bytes: number }[] = [];
      for (const { after, bytes } of asked) {
        now += after;
        if (!fits(slots, BUDGET, letter(bytes), now)) {
          const at = goesOnAt(slots, BUDGET, letter(bytes), now);
          expect(at).toBeGreaterThan(now);
          expect(fits(slots, BUDGET, letter(bytes), at)).toBe(true);
          continue;
        }
        slots = spend(liveSlots(slots, now), letter(bytes), now);
        moved.push({ at: now, bytes });
      }
      for (const { at } of moved) {
        const within = moved.filter((one) => one.at <= at && one.at > at - DAY);
        expect(within.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(100);
      }
      expect(spentOf(slots, BUDGET, now + 2 * DAY)).toBe(0);
    }),
  );
});
