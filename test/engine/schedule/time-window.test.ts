import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWindow } from '../../../src/commands/input/time-window.js';
import { openTimeAfter, openTimeBetween, windowAt } from '../../../src/engine/schedule/time-window.js';
import { showDayWindow } from '../../../src/words/day-window.js';

const at = (text: string) => Date.parse(`2026-11-${text}:00Z`);

describe('a time window', () => {
  it.each([
    ['20:00-06:00', '21T19:59', false, '21T20:00'],
    ['20:00-06:00', '21T20:00', true, '22T06:00'],
    ['20:00-06:00', '22T00:00', true, '22T06:00'],
    ['20:00-06:00', '22T05:59', true, '22T06:00'],
    ['20:00-06:00', '22T06:00', false, '22T20:00'],
    ['9:30-17:00', '21T09:29', false, '21T09:30'],
    ['9:30-17:00', '21T09:30', true, '21T17:00'],
    ['9:30-17:00', '21T17:00', false, '22T09:30'],
    ['00:00-12:00', '21T00:00', true, '21T12:00'],
    ['12:00-00:00', '21T23:59', true, '22T00:00'],
  ])('%s at %s', (window, now, open, until) => {
    expect(windowAt(parseWindow(window, 'UTC'), at(now))).toEqual({ open, until: at(until) });
  });

  it('that is not given is always open', () => {
    expect(windowAt(null, at('21T12:00'))).toEqual({ open: true, until: Number.POSITIVE_INFINITY });
  });

  it.each([
    ['20:00-06:00', '21T21:00', 60, '21T22:00'],
    ['20:00-06:00', '21T21:00', 9 * 60, '22T06:00'],
    ['20:00-06:00', '21T21:00', 9 * 60 + 1, '22T20:01'],
    ['20:00-06:00', '21T12:00', 60, '21T21:00'],
    ['20:00-06:00', '21T21:00', 25 * 60, '24T02:00'],
    ['00:00-00:01', '21T12:00', 3, '24T00:01'],
  ])('%s has from %s on been open for %i minutes at %s', (window, from, minutes, until) => {
    expect(openTimeAfter(parseWindow(window, 'UTC'), at(from), minutes * 60_000)).toBe(at(until));
  });

  it('has been open between two moments for as long as it takes from one to the other', () => {
    const window = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1439 }));
    fc.assert(
      fc.property(window, fc.nat(1440 * 3), fc.integer({ min: 1, max: 60 * 24 * 5 }), ([from, to], start, minutes) => {
        const given = { from, to, zone: 'UTC' };
        const begin = at('21T00:00') + start * 60_000;
        const end = openTimeAfter(given, begin, minutes * 60_000);
        expect(openTimeBetween(given, begin, end)).toBe(minutes * 60_000);
      }),
    );
  });

  it('that is not given is open all the time', () => {
    expect(openTimeAfter(null, at('21T12:00'), 60_000)).toBe(at('21T12:01'));
  });

  it('is shown as it is written', () => {
    expect(showDayWindow(parseWindow(' 8:05 - 17:30 ', 'UTC'))).toBe('08:05-17:30 UTC');
    expect(showDayWindow(parseWindow('20:00-06:00', 'Europe/Berlin'))).toBe('20:00-06:00 Europe/Berlin');
    expect(showDayWindow(parseWindow('20:00-06:00 america/new_york', 'UTC'))).toBe('20:00-06:00 America/New_York');
  });

  it.each([
    '',
    '20-06',
    '24:00-06:00',
    '20:00-06:60',
    '20:00',
    '20:00-20:00',
    '20:00-06:00 Mars/Olympus',
    '20:00-06:00 +01:00',
  ])('%j is refused', (text) => {
    expect(() => parseWindow(text, 'UTC')).toThrow(/^--window/);
  });
});

/** The moments at which a window of Berlin opens and closes in a night, asked at each minute. */
function changes(text: string, from: string, hours: number): string[] {
  const window = parseWindow(text, 'Europe/Berlin');
  const start = Date.parse(from);
  const found: string[] = [];
  for (let minute = 1; minute <= hours * 60; minute++) {
    const now = start + minute * 60_000;
    const [before, after] = [windowAt(window, now - 60_000), windowAt(window, now)];
    if (before.open === after.open) continue;
    expect(before.until, 'it is said beforehand').toBe(now);
    found.push(`${after.open ? 'opens' : 'closes'} ${new Date(now).toISOString().slice(11, 16)}`);
  }
  return found;
}

describe('a time window in Berlin', () => {
  it.each([
    // Clocks go from 02:00 to 03:00 at 01:00 UTC on 29 March 2026.
    ['20:00-06:00', '2026-03-28T12:00Z', ['opens 19:00', 'closes 04:00']],
    ['20:00-02:30', '2026-03-28T12:00Z', ['opens 19:00', 'closes 01:00']],
    ['02:30-06:00', '2026-03-28T12:00Z', ['opens 01:00', 'closes 04:00']],
    ['02:15-02:45', '2026-03-28T12:00Z', []],
    // Clocks go from 03:00 to 02:00 at 01:00 UTC on 25 October 2026: it is 02:30 twice, and the first counts.
    ['20:00-06:00', '2026-10-24T12:00Z', ['opens 18:00', 'closes 05:00']],
    ['20:00-02:30', '2026-10-24T12:00Z', ['opens 18:00', 'closes 00:30']],
    ['02:30-06:00', '2026-10-24T12:00Z', ['opens 00:30', 'closes 05:00']],
    ['02:15-02:45', '2026-10-24T12:00Z', ['opens 00:15', 'closes 00:45']],
    ['20:00-06:00', '2026-07-01T12:00Z', ['opens 18:00', 'closes 04:00']],
    ['20:00-06:00', '2026-12-31T12:00Z', ['opens 19:00', 'closes 05:00']],
  ])('%s from %s', (window, from, expected) => {
    expect(changes(window, from, 22)).toEqual(expected);
  });
});
