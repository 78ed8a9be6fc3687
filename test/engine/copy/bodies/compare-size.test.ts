import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareSize } from '../../../../src/engine/copy/bodies/compare-size.js';
import { literal } from '../../../support/mail-messages.js';

const CRLF_TEXT = 'A: b\r\n\r\nx\r\n';

it.each([
  ['the length that came', CRLF_TEXT, 11, 'agrees'],
  ['none', CRLF_TEXT, 0, 'not listed'],
  ['with a byte for each line end', CRLF_TEXT, 8, 'line ends'],
  ['with two bytes for each line end, of a message with bare LF', 'A: b\n\nx\n', 11, 'bare line ends'],
  ['more than came', CRLF_TEXT, 12, 'shorter'],
  ['less than came', CRLF_TEXT, 10, 'longer'],
  ['less than came, by a line end', `${CRLF_TEXT}\r\n`, 11, 'longer'],
  ['less than came, by text', `${CRLF_TEXT}more`, 11, 'longer'],
  ['less than came, by blanks', `${CRLF_TEXT}   \0\r\n`, 11, 'padded'],
  ['less than came, by one character again and again', `${CRLF_TEXT}xxxx`, 11, 'padded'],
])('a size is listed: %s', (_what, text, listed, comparison) => {
  for (const slice of [1, 2, 3, 100]) expect(compareSize(listed, literal(text, slice))).toBe(comparison);
});

it('never takes a cut message with CRLF for a whole one', () => {
  const lines = fc.array(
    fc.string({ maxLength: 9 }).map((line) => line.replace(/[\r\n]/g, '')),
    { minLength: 1, maxLength: 9 },
  );
  fc.assert(
    fc.property(lines, fc.nat(), (all, cut) => {
      const text = all.map((line) => `${line}\r\n`).join('');
      const kept = text.slice(0, cut % text.length).replace(/\r$/, '');
      expect(compareSize(Buffer.byteLength(text, 'latin1'), literal(kept))).toBe('shorter');
    }),
  );
});
