import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
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
  showTimesIn,
  showUntil,
  showZone,
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

describe('times by the clock of the operator', () => {
  afterEach(() => showTimesIn('UTC'));

  it.each([
    ['UTC', '22:14:07', 'UTC', '2026-01-16T22:14:07Z'],
    ['Europe/Berlin', '23:14:07', 'CET', '2026-01-16T23:14:07+01:00'],
    ['America/New_York', '17:14:07', 'EST', '2026-01-16T17:14:07-05:00'],
    ['America/St_Johns', '18:44:07', 'UTC-3:30', '2026-01-16T18:44:07-03:30'],
    ['Asia/Kolkata', '03:44:07', 'IST', '2026-01-17T03:44:07+05:30'],
    ['Asia/Tokyo', '07:14:07', 'UTC+9', '2026-01-17T07:14:07+09:00'],
  ])('%s', (zone, clock, name, line) => {
    showTimesIn(zone);
    expect([showClock(AT), showZone(AT), showTime(AT)]).toEqual([clock, name, line]);
    // A stranger reads this one.
    expect(showDateTime(AT)).toBe('2026-01-16 22:14:07 UTC');
  });

  it('change with summer, and name the zone of the moment', () => {
    showTimesIn('Europe/Berlin');
    const jump = Date.UTC(2026, 2, 29, 1);
    expect([jump - 1, jump].map((at) => `${showClock(at)} ${showZone(at)}`)).toEqual(['01:59:59 CET', '03:00:00 CEST']);
    const back = Date.UTC(2026, 9, 25, 1);
    expect([back - 1, back].map((at) => showTime(at))).toEqual([
      '2026-10-25T02:59:59+02:00',
      '2026-10-25T02:00:00+01:00',
    ]);
  });

  it('have the days of the operator', () => {
    showTimesIn('Asia/Tokyo');
    expect(showMinute(AT, AT - 5 * HOUR)).toBe('07:14');
    expect(showMinute(AT - 8 * HOUR, AT)).toBe('16 Jan 23:14');
    expect(showPast(AT - 48 * HOUR, AT)).toBe('15 Jan');
  });
});
