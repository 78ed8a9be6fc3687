import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar } from '../../../src/ui/text/bar.js';
import {
  showAbout,
  showAgo,
  showByteRate,
  showBytes,
  showClock,
  showCount,
  showDuration,
  showMinute,
  showPercent,
  showRate,
  showShortCount,
  showUntil,
} from '../../../src/ui/text/format.js';
import { ASCII, DRAWN } from '../../../src/ui/text/glyphs.js';
import { widthOf } from '../../../src/ui/text/graphemes.js';
import { sparkline } from '../../../src/ui/text/sparkline.js';

const AT = Date.UTC(2026, 0, 16, 22, 14, 7);
const HOUR = 3_600_000;

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
});

describe('times for an operator', () => {
  it.each([
    [0, '0:00'],
    [-5, '0:00'],
    [37_001, '0:38'],
    [221_000, '3:41'],
    [HOUR + 249_000, '1:04:09'],
    [51 * HOUR, '2 d 03:00'],
  ])('%d ms left are %s', (ms, shown) => expect(showDuration(ms)).toBe(shown));

  it.each([
    [20_000, 'under 1 minute'],
    [6 * 60_000, '6 minutes'],
    [HOUR, '1 hour'],
    [2.5 * HOUR, '2 hours 30 minutes'],
    [72 * HOUR, '3 days'],
  ])('%d ms take %s', (ms, shown) => expect(showAbout(ms)).toBe(shown));

  it('leaves the date out for the night that is on, and names it beyond', () => {
    expect(showMinute(AT + 6 * HOUR, AT)).toBe('04:14');
    expect(showMinute(AT + 30 * HOUR, AT)).toBe('18 Jan 04:14');
    expect(showMinute(AT - 30 * HOUR, AT)).toBe('15 Jan 16:14');
    expect(showUntil(AT + 6 * HOUR, AT)).toBe('until 04:14');
    expect(showClock(AT)).toBe('22:14:07');
    expect(showClock(Number.NaN)).toBe('-');
    expect(showMinute(9e15, AT)).toBe('-');
  });

  it('says how long ago', () => {
    expect([0, 40_000, 12 * 60_000, 3 * HOUR, 49 * HOUR].map((ms) => showAgo(AT - ms, AT))).toEqual([
      'now',
      '40 s ago',
      '12 min ago',
      '3 h ago',
      '2 days ago',
    ]);
  });
});

describe('bars and lines', () => {
  it('moves by eighths of a cell, by whole cells in ASCII', () => {
    expect(bar(0.5, 4, DRAWN)).toEqual({ done: '██', left: '░░' });
    expect(bar(0.53125 + 0.03125, 4, DRAWN)).toEqual({ done: '██▎', left: '░' });
    expect(bar(0.6, 4, ASCII)).toEqual({ done: '##', left: '..' });
    expect(bar(Number.NaN, 3, DRAWN)).toEqual({ done: '', left: '░░░' });
  });

  it('has its width, never shrinks as the share grows, and is full only when all is done', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        share,
        share,
        fc.integer({ min: 2, max: 60 }),
        fc.constantFrom(DRAWN, ASCII),
        (a, b, width, glyphs) => {
          const [less, more] = [bar(Math.min(a, b), width, glyphs), bar(Math.max(a, b), width, glyphs)];
          expect(widthOf(less.done + less.left)).toBe(width);
          expect(less.done.length).toBeLessThanOrEqual(more.done.length);
          expect(more.done === glyphs.full.repeat(width)).toBe(Math.max(a, b) === 1);
          if (a > 0 && b > 0) expect(less.done).not.toBe('');
        },
      ),
    );
  });

  it('draws rates against the highest, and nothing where nothing is known', () => {
    expect(sparkline([0, 1, 4, 8], 4, DRAWN)).toBe('▁▂▅█');
    expect(sparkline([8, null, 4], 5, DRAWN)).toBe('  █ ▅');
    expect(sparkline([1, 2, 3, 4, 5, 6], 2, DRAWN)).toHaveLength(2);
    expect(sparkline([0, 0], 2, DRAWN)).toBe('▁▁');
  });

  it('has an ASCII twin for every sign', () => {
    for (const [name, drawn] of Object.entries(DRAWN)) {
      expect(ASCII).toHaveProperty(name);
      expect(drawn.length, name).toBeGreaterThan(0);
    }
    expect(JSON.stringify(ASCII)).toMatch(/^[\u0020-\u007e]+$/);
  });
});
