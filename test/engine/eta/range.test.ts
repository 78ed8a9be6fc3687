import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Doubts, rangeAround } from '../../../src/engine/eta/range.js';

const HOUR = 3_600_000;
const SURE: Doubts = {
  left: HOUR,
  leftWithHeld: HOUR,
  ahead: 0,
  unseen: 0,
  rested: 0,
  firstStarts: 0,
  stagger: { min: 60, max: 90 },
};
const widthOf = (doubts: Doubts) => {
  const { earlier, later } = rangeAround(doubts);
  return earlier + later;
};
const MORE: readonly (readonly [string, Partial<Doubts>])[] = [
  ['work that is ahead', { ahead: 0.6 }],
  ['mailboxes that nobody looked into', { unseen: 0.5 }],
  ['rests', { rested: 0.2 }],
  ['first starts to come', { firstStarts: 40 }],
  ['mailboxes that are held', { leftWithHeld: 1.2 * HOUR }],
];

describe('the range of an end', () => {
  it.each(MORE)('is wider with %s', (_, more) => {
    expect(widthOf({ ...SURE, ...more })).toBeGreaterThan(widthOf(SURE));
  });

  it('is as wide as the stagger is uncertain', () => {
    const wide = { ...SURE, firstStarts: 40, stagger: { min: 30, max: 300 } };
    expect(widthOf(wide)).toBeGreaterThan(widthOf({ ...SURE, firstStarts: 40 }));
    expect(widthOf({ ...wide, stagger: { min: 60, max: 60 } })).toBe(widthOf(SURE));
  });

  it('never begins before now, and never lies on one side of what is told', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const doubts = fc.record({
      left: fc.nat(20 * HOUR),
      leftWithHeld: fc.nat(90 * HOUR),
      ahead: part,
      unseen: part,
      rested: fc.double({ min: 0, max: 50, noNaN: true }),
      firstStarts: fc.nat(5_000),
      stagger: fc.constant({ min: 30, max: 300 }),
    });
    fc.assert(
      fc.property(doubts, (given) => {
        const { earlier, later } = rangeAround(given);
        expect(earlier).toBeGreaterThanOrEqual(0);
        expect(earlier).toBeLessThanOrEqual(given.left);
        expect(later).toBeGreaterThanOrEqual(earlier === given.left ? 0 : earlier);
      }),
    );
  });
});
