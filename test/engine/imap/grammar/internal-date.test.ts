import fc from 'fast-check';
import { expect, it } from 'vitest';
import { appendDate, instantOf, isAppendDate } from '../../../../src/engine/imap/grammar/internal-date.js';

it.each([
  [' 1-Feb-2020 10:00:00 +0100', '2020-02-01T09:00:00Z'],
  ['1-Feb-2020 10:00:00 +0000', '2020-02-01T10:00:00Z'],
  ['01-FEB-2020 10:00:00 -0530', '2020-02-01T15:30:00Z'],
  ['29-feb-2024 23:59:59 +0000', '2024-02-29T23:59:59Z'],
  ['31-Dec-1969 23:59:59 +0000', '1969-12-31T23:59:59Z'],
  ['01-Jan-1900 00:00:00 +0000', '1900-01-01T00:00:00Z'],
  ['30-Jun-2015 23:59:60 +0000', '2015-07-01T00:00:00Z'],
  ['01-Jan-2020 00:00:00 +1400', '2019-12-31T10:00:00Z'],
])('reads %j', (text, instant) => {
  expect(instantOf(text)).toBe(Date.parse(instant));
  expect(isAppendDate(text)).toBe(true);
});

it.each([
  '31-Feb-2020 10:00:00 +0000',
  '29-Feb-2023 10:00:00 +0000',
  '00-Jan-2020 10:00:00 +0000',
  '32-Jan-2020 10:00:00 +0000',
  '01-Foo-2020 10:00:00 +0000',
  '01-Jan-2020 24:00:00 +0000',
  '01-Jan-2020 10:60:00 +0000',
  '01-Jan-2020 10:00:61 +0000',
  '01-Jan-2020 10:00:00 +2400',
  '01-Jan-2020 10:00:00 +0060',
  '01-Jan-2020 10:00:00',
  '01-Jan-20 10:00:00 +0000',
  '01 Jan 2020 10:00:00 +0000',
  '01-Jan-2020 10:00:00 +0000 ',
  '01-__proto__-2020 10:00:00 +0000',
  '',
])('reads nothing from %j, and never sends it', (text) => {
  expect(instantOf(text)).toBeUndefined();
  expect(isAppendDate(text)).toBe(false);
});

it('writes the day in two places', () => {
  expect(appendDate('1-Feb-2020 10:00:00 +0000')).toBe(' 1-Feb-2020 10:00:00 +0000');
  expect(appendDate(' 1-Feb-2020 10:00:00 +0000')).toBe(' 1-Feb-2020 10:00:00 +0000');
  expect(appendDate('11-Feb-2020 10:00:00 +0000')).toBe('11-Feb-2020 10:00:00 +0000');
});

it('reads back every second that can be written', () => {
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const two = (n: number) => String(n).padStart(2, '0');
  fc.assert(
    fc.property(
      fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }),
      fc.integer({ min: -840, max: 840 }),
      (seconds, zone) => {
        const local = new Date((seconds + zone * 60) * 1000);
        const [sign, minutes] = [zone < 0 ? '-' : '+', Math.abs(zone)];
        const day = String(local.getUTCDate()).padStart(2, ' ');
        const text = `${day}-${MONTHS[local.getUTCMonth()]}-${local.getUTCFullYear()} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())} ${sign}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
        expect(instantOf(text)).toBe(seconds * 1000);
      },
    ),
  );
});
