import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inspect } from '../../../../src/engine/copy/message/inspect.js';
import { literal } from '../../../support/mail-messages.js';

it.each([
  ['plain mail', 'A: b\r\n\r\nx\r\n', false, false],
  ['NUL in the body', 'A: b\r\n\r\n\0', true, false],
  ['NUL in the header', 'A: \0\r\n\r\nx', true, false],
  ['8-bit header', 'A: \xe4\r\n\r\nx', false, true],
  ['8-bit body', 'A: b\r\n\r\n\xe4', false, false],
  ['8-bit body after bare line feeds', 'A: b\n\n\xe4', false, false],
  ['8-bit header after a bare line feed', 'A: b\nB: \xe4\n\nx', false, true],
  ['a body from the first byte', '\r\n\xe4', false, false],
  ['no body at all', 'A: \xff', false, true],
  ['nothing', '', false, false],
])('%s', (_what, text, nul, eightBitHeader) => {
  for (const slice of [1, 2, 3, 100]) expect(inspect(literal(text, slice))).toMatchObject({ nul, eightBitHeader });
});

it('says the same wherever the bytes were cut', () => {
  const texts = fc
    .array(fc.constantFrom('\r\n', '\n', '\r', 'a', '\0', '\xe4'), { maxLength: 30 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 5 }), (text, slice) => {
      expect(inspect(literal(text, slice))).toEqual(inspect(literal(text)));
    }),
  );
});

it('gives the same hash for the same header, and another for another', () => {
  const hash = (text: string) => inspect(literal(text, 7)).headHash;
  expect(hash('Message-ID: <a@b>\r\n\r\nbody')).toBe(hash('Message-ID: <a@b>\r\n\r\nanother body'));
  expect(hash('Message-ID: <a@b>\r\n\r\nbody')).not.toBe(hash('Message-ID: <a@c>\r\n\r\nbody'));
});
