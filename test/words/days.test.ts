import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_DAYS, type Day, endOfDay, outsideOf, readDay, showDayRange, startOfDay } from '../../src/words/days.js';

const berlin = (day: string): Day => ({ day, zone: 'Europe/Berlin' });
const at = (text: string) => Date.parse(text);

describe('a day', () => {
  it.each([
    ['2024-01-31', { day: '2024-01-31', zone: 'Asia/Tokyo' }],
    [' 2024-02-29  europe/berlin ', berlin('2024-02-29')],
    ['2023-02-29', null],
    ['2024-13-01', null],
    ['31.01.2024', null],
    ['2024-1-31', null],
    ['2024-01-31 Europe/Nowhere', null],
    ['', null],
  ])('%j is read as %j', (text, day) => expect(readDay(text, 'Asia/Tokyo')).toEqual(day));

  it('begins and ends by the clocks of its zone, also where they change', () => {
    expect(startOfDay(berlin('2024-01-31'))).toBe(at('2024-01-30T23:00:00Z'));
    expect(endOfDay(berlin('2024-03-31')) - startOfDay(berlin('2024-03-31'))).toBe(23 * 3_600_000);
    expect(endOfDay(berlin('2024-10-27')) - startOfDay(berlin('2024-10-27'))).toBe(25 * 3_600_000);
    // Clocks of Santiago went forward at midnight: the day began at one.
    expect(startOfDay({ day: '2024-09-08', zone: 'America/Santiago' })).toBe(at('2024-09-08T04:00:00Z'));
  });

  it('ends where the next one begins', () => {
    const days = fc.integer({ min: at('1980-01-01') / 86_400_000, max: at('2037-01-01') / 86_400_000 });
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu', 'Pacific/Apia');
    fc.assert(
      fc.property(days, zones, (number, zone) => {
        const name = (one: number) => new Date(one * 86_400_000).toISOString().slice(0, 10);
        expect(endOfDay({ day: name(number), zone })).toBe(startOfDay({ day: name(number + 1), zone }));
      }),
      { numRuns: 300 },
    );
  });
});

describe('days that messages are of', () => {
  const range = { since: berlin('2024-01-01'), until: berlin('2024-12-31') };

  it.each([
    ['2023-12-31T22:59:59Z', true],
    ['2023-12-31T23:00:00Z', false],
    ['2024-12-31T22:59:59Z', false],
    ['2024-12-31T23:00:00Z', true],
  ])('leave %s out: %s', (moment, isOut) => expect(outsideOf(range)(at(moment))).toBe(isOut));

  it('leave nothing out of which no date is known, nor where they are all days', () => {
    expect(outsideOf(range)(undefined)).toBe(false);
    expect(outsideOf(ALL_DAYS)(0)).toBe(false);
  });

  it('are named with their zones', () => {
    expect(showDayRange(range)).toBe('since 2024-01-01 Europe/Berlin, until 2024-12-31 Europe/Berlin');
    expect(showDayRange(ALL_DAYS)).toBe('');
  });
});
