import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  plural,
  showByteRate,
  showBytes,
  showCount,
  showPercent,
  showRate,
  showShortCount,
} from '../../src/words/units.js';

describe('numbers for an operator', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 kB'],
    [3.1 * 1024 ** 3, '3.1 GB'],
    [1023.7 * 1024, '1.0 MB'],
    [118 * 1024 ** 3, '118 GB'],
    [-1, '-'],
    [Number.NaN, '-'],
  ])('%d bytes are %s', (bytes, shown) => expect(showBytes(bytes)).toBe(shown));

  it('keeps bytes within 7 characters', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** 60, noNaN: true }), (n) => showBytes(Math.floor(n)).length <= 7),
    );
  });

  it.each([
    [0, '0/s'],
    [0.01, '<0.1/s'],
    [3.14, '3.1/s'],
    [9.96, '10/s'],
    [1412.4, '1,412/s'],
    [Number.POSITIVE_INFINITY, '-'],
  ])('%d messages a second are %s', (rate, shown) => expect(showRate(rate)).toBe(shown));

  it.each([
    [41_882, '41,882'],
    [412_499, '412 k'],
    [999_499, '999 k'],
    [999_500, '1.00 M'],
    [1_214_000, '1.21 M'],
    [99_960_000, '100 M'],
    [2.5e9, '2.50 G'],
  ])('%d is %s where room is short', (n, shown) => expect(showShortCount(n)).toBe(shown));

  it('says 100% only of what is whole, and never 0% of something', () => {
    expect(showPercent(999_999, 1_000_000)).toBe('99%');
    expect(showPercent(1_000_000, 1_000_000)).toBe('100%');
    expect(showPercent(1, 1_000_000)).toBe('<1%');
    expect(showPercent(0, 1_000_000)).toBe('0%');
    expect(showPercent(0, 0)).toBe('-');
    // Every hundredth of a hundred, as a reader would count it: 57 of 100 is no 56%.
    for (let part = 1; part <= 100; part++) expect(showPercent(part, 100)).toBe(`${part}%`);
    expect(showCount(1_234_567)).toBe('1,234,567');
    expect(showByteRate(2.9 * 1024 ** 2)).toBe('2.9 MB/s');
  });

  it('has one thing, and several', () => {
    expect([0, 1, 12_345].map((n) => plural(n, 'message'))).toEqual(['0 messages', '1 message', '12,345 messages']);
    expect(plural(2, 'copy', 'copies')).toBe('2 copies');
  });
});
