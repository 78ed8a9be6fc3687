import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodySample, printOf, sampleSize } from '../../../../src/engine/copy/verify/body-sample.js';

const literal = (size: number, fill = 120) => ({ slices: [Buffer.alloc(size, fill)], length: size });
/** Draws that differ, by a seed. */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
}

describe('the sample of a folder', () => {
  it('has all of a small folder, and as many as it should of any', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.nat(), (messages, seed) => {
        const sample = new BodySample(messages, drawn(seed));
        let chosen = 0;
        for (let i = 0; i < messages; i++) if (sample.stretchOf(literal(10))) chosen++;
        expect(chosen).toBe(sampleSize(messages));
        if (messages <= 100) expect(chosen).toBe(messages);
      }),
      { numRuns: 50 },
    );
  });

  it('looks into each message, at two places at most for messages of about one size', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 13, max: 22 }), (seed, power) => {
        const sample = new BodySample(30, drawn(seed));
        const places = new Set<number>();
        for (let i = 0; i < 30; i++) {
          const size = 2 ** (power - 1) + 1 + Math.floor(i * 2 ** (power - 1) * 0.03);
          const { from } = sample.stretchOf(literal(size))!;
          expect(from).toBeLessThan(size);
          places.add(from);
        }
        expect(places.size).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('can look at any place of a large message', () => {
    const size = 100_000;
    const from = [0, 0.5, 0.7, 0.76, 0.99].map(
      (place) => new BodySample(1, () => place).stretchOf(literal(size))!.from,
    );
    expect(Math.min(...from)).toBe(0);
    expect(Math.max(...from)).toBeGreaterThan(size * 0.9);
  });

  it('takes the same print of the same bytes, wherever they were cut, and another of others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 300 }), fc.nat(), fc.nat(), fc.nat(), (bytes, a, b, c) => {
        const whole = Buffer.from(bytes);
        const [cut, from, length] = [a % whole.length, b % whole.length, 1 + (c % whole.length)];
        const parts = { slices: [whole.subarray(0, cut), whole.subarray(cut)], length: whole.length };
        const print = printOf(parts, from, length);
        expect(printOf({ slices: [whole.subarray(from, from + length)], length }, 0, length)).toBe(print);
        const other = Buffer.from(whole);
        other[from]! ^= 1;
        expect(printOf({ slices: [other], length: other.length }, from, length)).not.toBe(print);
      }),
    );
  });
});
