import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityOf } from '../../../../src/engine/copy/message/identity.js';

const literal = (text: string, cuts: readonly number[] = []) => {
  const bytes = Buffer.from(text, 'latin1');
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const slices = places.slice(1).map((to, at) => bytes.subarray(places[at], to));
  return { slices, length: bytes.length };
};
const of = (text: string) => identityOf(literal(text));
const FIELDS = ['Message-ID: <a@b>', 'Date: Mon, 6 Jan 2020 10:00:00 +0000', 'Subject: a b', 'From: c@d'];
const WHOLE = `Received: x\r\n${FIELDS.join('\r\nX-Other: y\r\n')}\r\n\r\nSubject: in the body\r\n`;

describe('what a message is known again by', () => {
  it('is the same for the message and for its telling fields alone, in any order', () => {
    const shuffled = fc.shuffledSubarray(FIELDS, { minLength: FIELDS.length });
    fc.assert(fc.property(shuffled, (fields) => of(`${fields.join('\r\n')}\r\n\r\n`) === of(WHOLE)));
  });

  it('is the same wherever the bytes were cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        expect(identityOf(literal(WHOLE, cuts))).toBe(of(WHOLE));
      }),
    );
  });

  it.each([
    ['folding', 'Subject: a\r\n b\r\n\r\n', 'Subject: a b\r\n\r\n'],
    ['line ends', 'Subject: a\nFrom: b\n\nx', 'Subject: a\r\nFrom: b\r\n\r\nx'],
    ['the case of names', 'SUBJECT: a\r\n\r\n', 'Subject: a\r\n\r\n'],
    ['a blank before the colon', 'Subject : a\r\n\r\n', 'Subject: a\r\n\r\n'],
    ['how 8-bit bytes are written', 'Subject: \xe4\0\r\n\r\n', 'Subject: XX\r\n\r\n'],
    ['fields of other names', 'Subjects: a\r\nX-Date: b\r\nFrom: c\r\n\r\n', 'From: c\r\n\r\n'],
  ])('does not depend on %s', (_, one, other) => {
    expect(of(one)).toBe(of(other));
  });

  it('is another one when any telling field is another one, or is lacking', () => {
    for (const field of FIELDS) {
      expect(of(WHOLE.replace(field, `${field.slice(0, -1)}~`))).not.toBe(of(WHOLE));
      expect(of(WHOLE.replace(`${field}\r\n`, ''))).not.toBe(of(WHOLE));
    }
  });

  it('is 0 where there is nothing to tell it by', () => {
    expect([of(''), of('\r\nSubject: in the body\r\n'), of('X: y\r\n\r\n')]).toEqual([0, 0, 0]);
  });
});
