import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forEachMark, inLongerStretches, type NightPace, PACE_MARKS } from '../../src/words/night-pace.js';

const aPace = fc
  .array(fc.record({ messages: fc.nat(500), bytes: fc.nat(1e7), marks: fc.subarray([...PACE_MARKS]) }), {
    maxLength: 60,
  })
  .map(
    (stretches): NightPace => ({
      from: 1_000,
      until: 1_000 + stretches.length * 10_000,
      stretch: 10_000,
      messages: stretches.map(({ messages }) => messages),
      bytes: stretches.map(({ bytes }) => bytes),
      marks: forEachMark((mark) => stretches.flatMap(({ marks }, index) => (marks.includes(mark) ? [index] : []))),
    }),
  );
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

describe('a night in longer stretches', () => {
  it('has all that moved, and each mark where it was', () => {
    fc.assert(
      fc.property(aPace, fc.integer({ min: 1, max: 9 }), (pace, many) => {
        const longer = inLongerStretches(pace, many);
        expect(longer.stretch).toBe(pace.stretch * many);
        expect(longer.messages).toHaveLength(Math.ceil(pace.messages.length / many));
        expect([sum(longer.messages), sum(longer.bytes)]).toEqual([sum(pace.messages), sum(pace.bytes)]);
        for (const mark of PACE_MARKS)
          expect(new Set(longer.marks[mark])).toEqual(
            new Set(pace.marks[mark].map((index) => Math.floor(index / many))),
          );
      }),
    );
  });

  it('is the same, made longer twice or at once', () => {
    fc.assert(
      fc.property(aPace, (pace) => {
        expect(inLongerStretches(inLongerStretches(pace, 2), 3)).toEqual(inLongerStretches(pace, 6));
      }),
    );
  });
});
