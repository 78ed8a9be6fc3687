import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fileStamp,
  showAbout,
  showAgo,
  showClock,
  showDateTime,
  showDuration,
  showMinute,
  showPast,
  showTime,
  showTimer,
  showUntil,
} from '../../src/words/times.js';

const AT = Date.UTC(2026, 0, 16, 22, 14, 7);
const HOUR = 3_600_000;

describe('times for an operator', () => {
  it.each([
    [0, '0:00'],
    [-5, '0:00'],
    [37_001, '0:38'],
    [221_000, '3:41'],
    [HOUR + 249_000, '1:04:09'],
    [51 * HOUR, '2 d 03:00'],
  ])('%d ms left are %s', (ms, shown) => expect(showTimer(ms)).toBe(shown));

  it.each([
    [20_000, 'under 1 min'],
    [6 * 60_000, '6 min'],
    [HOUR, '1 h'],
    [2.5 * HOUR, '2 h 30 min'],
    [72 * HOUR, '3 d'],
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

  it.each([
    [0, '0 s'],
    [840, '0.8 s'],
    [3_000, '3 s'],
    [9_960, '10 s'],
    [90_000, '1 min 30 s'],
    [600_000, '10 min'],
    [HOUR + 60_000, '1 h 1 min'],
    [27 * HOUR + 3_000, '1 d 3 h 3 s'],
    [Number.NaN, '-'],
  ])('%d ms lasted %s', (ms, shown) => expect(showDuration(ms)).toBe(shown));

  it('loses no second of a duration from ten seconds on', () => {
    const seconds = { d: 86_400, h: 3_600, min: 60, s: 1 } as const;
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 40 * 86_400 }), (given) => {
        const parts = [...showDuration(given * 1_000).matchAll(/(\d+) (d|h|min|s)(?: |$)/g)];
        const read = parts.reduce((sum, [, n, unit]) => sum + Number(n) * seconds[unit as keyof typeof seconds], 0);
        expect(read).toBe(given);
      }),
    );
  });

  it('writes a moment for a log, for a stranger, for a column and for the name of a file', () => {
    expect(showTime(AT + 999)).toBe('2026-01-16T22:14:07Z');
    expect(showDateTime(AT)).toBe('2026-01-16 22:14:07 UTC');
    expect(fileStamp(AT)).toBe('20260116-221407');
    expect([AT - 60_000, AT - 30 * HOUR].map((at) => showPast(at, AT))).toEqual(['22:13', '15 Jan']);
    expect([showTime(Number.NaN), showDateTime(Number.NaN)]).toEqual(['-', 'unknown']);
  });
});
