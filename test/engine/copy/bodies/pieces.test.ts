import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesFrom, isSame, join } from '../../../../src/engine/copy/bodies/literals.js';
import { SizeRecord } from '../../../../src/engine/copy/bodies/size-record.js';
import { Twins } from '../../../../src/engine/copy/bodies/twins.js';
import { compareFields, headerFields } from '../../../../src/engine/copy/message/header-fields.js';
import { literal } from '../../../support/mail-messages.js';

const fields = (text: string) => headerFields(literal(text, 5));

it('tells messages apart by the fields that both show, folded or not', () => {
  const shown = fields('MESSAGE-ID:  <a@b>\r\nSubject: one\r\n two\r\n\r\n');
  expect(compareFields(shown, fields('Received: x\r\nSubject: one two\r\nMessage-Id: <a@b>\r\n\r\nbody'))).toBe('same');
  expect(compareFields(shown, fields('Message-ID: <c@d>\r\n\r\n'))).toBe('other');
  expect(compareFields(shown, fields('Subject: three\r\n\r\n'))).toBe('other');
  expect(compareFields(shown, fields('To: x\r\n\r\nMessage-ID: <c@d>'))).toBe('untold');
  expect(compareFields(fields('\r\n'), shown)).toBe('untold');
  expect(fields('X-Seen: a\r\n Subject: b\r\nSubject: one\r\n\r\n').get('subject')).toBe('one');
});

it('believes sizes while most agree, and knows estimates when they were confirmed often', () => {
  const sizes = new SizeRecord();
  expect(sizes.areEstimates).toBe(false);
  sizes.count('agrees');
  sizes.count('shorter');
  sizes.count('line ends');
  expect(sizes.areEstimates).toBe(false);
  sizes.count('longer');
  expect(sizes.areEstimates).toBe(true);
  expect(sizes.areKnownEstimates).toBe(false);
  for (let i = 0; i < 32; i++) sizes.confirm();
  expect(sizes.areKnownEstimates).toBe(true);
  sizes.count('agrees');
  expect(sizes.areKnownEstimates).toBe(false);
});

it('finds each body that came twice, among thousands', () => {
  const twins = new Twins();
  const seen = Array.from({ length: 5000 }, (_, i) => twins.add(1000 + (i % 7), Math.imul(i + 1, 0x01000193) >>> 0));
  expect(seen.filter(Boolean).length).toBeLessThan(5);
  for (let i = 0; i < 5000; i++) expect(twins.add(1000 + (i % 7), Math.imul(i + 1, 0x01000193) >>> 0)).toBe(true);
});

it('compares and joins literals wherever they were cut', () => {
  const cut = fc.integer({ min: 1, max: 7 });
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.nat({ max: 30 }), cut, cut, (text, from, one, other) => {
      const [a, b] = [literal(text, one), literal(text, other)];
      expect(isSame(a, b)).toBe(true);
      expect(bytesFrom(a, from)).toEqual(bytesFrom(b, 0).subarray(from));
      expect(isSame(join([a, b]), join([b, a]))).toBe(true);
      expect(isSame(a, join([b, literal('x')]))).toBe(false);
    }),
  );
});
