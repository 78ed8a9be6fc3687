import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleOf, sizeFrom } from '../../../src/engine/look/size-sample.js';

/** Numbers that a set names; one named twice counts twice. */
function numbersOf(set: string): number[] {
  return set.split(',').flatMap((range) => {
    const [from = 0, to = from] = range.split(':').map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

describe('a sample of a folder', () => {
  it('is the whole folder where the mailbox is small', () => {
    expect(sampleOf(400, 1_000, 20_000)).toBe('1:*');
  });

  it('comes from all over a large one, and not only from its old mail', () => {
    const numbers = numbersOf(sampleOf(90_000, 100_000, 20_000));
    expect(numbers.length).toBe(18_000);
    expect(numbers.filter((n) => n > 67_500).length).toBeGreaterThan(4_000);
  });

  it('names messages that are there, none twice, and over all folders no more than were allowed', () => {
    const folders = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(folders, fc.integer({ min: 50, max: 5_000 }), (sizes, most) => {
        const all = sizes.reduce((sum, n) => sum + n);
        const asked = sizes.map((messages) => {
          const numbers = numbersOf(sampleOf(messages, all, most));
          expect(new Set(numbers).size).toBe(numbers.length);
          expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1);
          expect(Math.max(...numbers)).toBeLessThanOrEqual(messages);
          return numbers.length;
        });
        // One of each folder at the least.
        expect(asked.reduce((sum, n) => sum + n)).toBeLessThanOrEqual(
          Math.max(all <= most ? all : most, 0) + sizes.length,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('the size of a mailbox', () => {
  it('is whole where every message was weighed', () => {
    expect(
      sizeFrom([
        { messages: 2, counted: 2, bytes: 30 },
        { messages: 1, counted: 1, bytes: 5 },
      ]),
    ).toEqual({ bytes: 35, is: 'whole' });
    expect(sizeFrom([])).toEqual({ bytes: 0, is: 'whole' });
  });

  it('is worked out folder by folder where a part was weighed, and from the others where none was', () => {
    expect(
      sizeFrom([
        { messages: 100, counted: 10, bytes: 1_000 },
        { messages: 10, counted: 10, bytes: 40 },
        { messages: 20, counted: 0, bytes: 0 },
      ]),
    ).toEqual({ bytes: 10_000 + 40 + 1_040, is: 'about' });
  });

  it('is not known where nothing was', () => {
    expect(sizeFrom([{ messages: 3, counted: 0, bytes: 0 }])).toBeNull();
  });
});
