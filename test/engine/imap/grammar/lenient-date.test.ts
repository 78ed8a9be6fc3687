import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantOf, writeDateTime } from '../../../../src/engine/imap/grammar/internal-date.js';
import { readDate } from '../../../../src/engine/imap/grammar/lenient-date.js';

const at = (text: string) => readDate(text)?.instant;

it.each([
  ['02-Jan-70 00:00:00 +0000', '1970-01-02T00:00:00Z'],
  ['02-Jan-49 00:00:00 +0000', '2049-01-02T00:00:00Z'],
  ['02-Jan-103 00:00:00 +0000', '2003-01-02T00:00:00Z'],
  ['2 Jan 2020', '2020-01-02T00:00:00Z'],
  ['Thu, 02 Jan 2020 10:00:00 -0800 (PST)', '2020-01-02T18:00:00Z'],
  ['Thu, 02 Jan 2020 10:00:00 GMT+1', '2020-01-02T09:00:00Z'],
  ['2020-01-02 10:00:00.123 +02:00', '2020-01-02T08:00:00Z'],
  ['Thu Jan  2 10:00:00 CET 2020', '2020-01-02T09:00:00Z'],
  ['02/Jan/2020 10:00:00 +0000', '2020-01-02T10:00:00Z'],
  ['02-Jan-2020\t10:00:00\t+0100', '2020-01-02T09:00:00Z'],
  ["'02-Jan-2020 10:00:00 +0100'", '2020-01-02T09:00:00Z'],
  ['29-Feb-2020 10:00:00 +0000', '2020-02-29T10:00:00Z'],
])('%s means %s', (text, instant) => {
  expect(at(text)).toBe(Date.parse(instant));
});

it.each([
  '',
  'NIL',
  '29-Feb-2019 10:00:00 +0000',
  '32-Jan-2020 10:00:00 +0000',
  '02-Foo-2020 10:00:00 +0000',
  '02-Jan-2020 10:60:00 +0000',
  '02-Jan-2020 10:00:00 +2500',
  '02-Jan-1969 10:00:00 +0000',
  '2020-13-02 10:00:00 +0000',
  `02-Jan-2020 10:00:00 +0000${' x'.repeat(200)}`,
])('%s means no instant', (text) => {
  expect(at(text)).toBeUndefined();
});

it('is read as it is written, by both readers', () => {
  const instants = fc.integer({ min: 86_400, max: 4_102_444_800 }).map((seconds) => seconds * 1000);
  fc.assert(
    fc.property(instants, fc.integer({ min: -840, max: 840 }), (instant, offset) => {
      const text = writeDateTime(instant, offset);
      expect(instantOf(text)).toBe(instant);
      expect(readDate(text)).toEqual({ instant, offset });
    }),
  );
});

it('ends at once on whatever a server sends', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-: +,./TZabJn()'), maxLength: 400 }), (text) => {
      const read = readDate(text);
      expect(read === undefined || Number.isFinite(read.instant)).toBe(true);
    }),
  );
});
