import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  readCount,
  readModseq,
  readSize,
  readUid,
  readUidNext,
  readUidValidity,
} from '../../../../src/engine/imap/grammar/counters.js';
import { uidValidity } from '../../../../src/store/documents/field-schemas.js';

const MOST = 4_294_967_295;

it('reads numbers up to the last that their grammar allows', () => {
  expect([readCount('0'), readCount(`${MOST}`), readCount(`${MOST + 1}`)]).toEqual([0, MOST, null]);
  expect([readUid('0'), readUid('1'), readUid(`${MOST}`), readUid(`${MOST + 1}`)]).toEqual([null, 1, MOST, null]);
  expect([readUidNext('0'), readUidNext(`${MOST + 1}`), readUidNext(`${MOST + 2}`)]).toEqual([null, MOST + 1, null]);
  expect([readSize('0'), readSize('5000000000'), readSize('-1'), readSize('NIL')]).toEqual([0, 5e9, null, null]);
});

it('names a folder by a UIDVALIDITY that was printed with a sign, or with zeros before it', () => {
  expect(readUidValidity('-1')).toBe('4294967295');
  expect(readUidValidity('-2147483648')).toBe('2147483648');
  expect(readUidValidity('0077')).toBe('77');
  expect(readUidValidity('0')).toBe('0');
  expect([readUidValidity('-0'), readUidValidity('-2147483649'), readUidValidity('7a')]).toEqual([null, null, null]);
});

it('keeps 63 bits of MODSEQ, and knows that 0 is none', () => {
  expect(readModseq('9223372036854775807')).toBe('9223372036854775807');
  expect([readModseq('0'), readModseq('000'), readModseq(''), readModseq(undefined)]).toEqual([null, null, null, null]);
});

it('lets nothing through that a document could not hold', () => {
  const anything = fc.oneof(fc.string(), fc.bigInt().map(String), fc.stringMatching(/^-?[0-9]{1,30}$/));
  fc.assert(
    fc.property(anything, (text) => {
      const validity = readUidValidity(text);
      expect(validity === null || uidValidity.safeParse(validity).success).toBe(true);
      for (const number of [readCount(text), readUid(text), readUidNext(text), readSize(text)])
        expect(number === null || Number.isSafeInteger(number)).toBe(true);
    }),
  );
});
