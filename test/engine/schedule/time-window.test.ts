import { describe, expect, it } from 'vitest';
import { parseWindow } from '../../../src/commands/input/time-window.js';
import { openTimeAfter, windowAt } from '../../../src/engine/schedule/time-window.js';
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
    expect(windowAt(parseWindow(window), at(now))).toEqual({ open, until: at(until) });
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
    expect(openTimeAfter(parseWindow(window), at(from), minutes * 60_000)).toBe(at(until));
  });

  it('that is not given is open all the time', () => {
    expect(openTimeAfter(null, at('21T12:00'), 60_000)).toBe(at('21T12:01'));
  });

  it('is shown as it is written', () => {
    expect(showDayWindow(parseWindow(' 8:05 - 17:30 '))).toBe('08:05-17:30');
  });

  it.each(['', '20-06', '24:00-06:00', '20:00-06:60', '20:00', '20:00-20:00'])('%j is refused', (text) => {
    expect(() => parseWindow(text)).toThrow(/^--window/);
  });
});
