import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  decodeModifiedUtf7,
  encodeModifiedUtf7,
  readFolderName,
  writeFolderName,
} from '../../../../src/engine/imap/grammar/modified-utf7.js';

it.each([
  ['INBOX', 'INBOX'],
  ['Entwürfe', 'Entw&APw-rfe'],
  ['Rechnungen & Co', 'Rechnungen &- Co'],
  ['~peter/mail/台北/日本語', '~peter/mail/&U,BTFw-/&ZeVnLIqe-'],
  ['Папка', '&BB8EMAQ,BDoEMA-'],
  ['📁', '&2D3cwQ-'],
  ['tab\there', 'tab&AAk-here'],
])('writes %s as %s and reads it back', (name, wire) => {
  expect(encodeModifiedUtf7(name)).toBe(wire);
  expect(decodeModifiedUtf7(wire)).toBe(name);
});

it.each([
  ['a bare ampersand', 'R&D'],
  ['a shift without its end', 'Entw&APw'],
  ['printable ASCII in base64', '&AEE-'],
  ['two shifts in a row', '&APw-&APw-'],
  ['half a character', '&AP-'],
  ['half a pair of surrogates', '&2D0-'],
  ['bits left over', '&APx-'],
  ['raw Latin-1', 'Entw\xfcrfe'],
])('keeps a name with %s as the server wrote it', (_, wire) => {
  expect(decodeModifiedUtf7(wire)).toBeNull();
  expect(readFolderName(wire, false)).toBe(wire);
});

it('reads raw UTF-8 that a server sends unasked', () => {
  const wire = Buffer.from('Entwürfe', 'utf8').toString('latin1');
  expect(decodeModifiedUtf7(wire)).toBeNull();
  expect(readFolderName(wire, false)).toBe('Entwürfe');
});

it('reads and writes plain UTF-8 on a connection that speaks it', () => {
  expect(readFolderName('Entw&APw-rfe', true)).toBe('Entw&APw-rfe');
  expect(readFolderName(writeFolderName('Entwürfe & Co', true), true)).toBe('Entwürfe & Co');
});

it('round-trips any text, in printable ASCII only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const wire = encodeModifiedUtf7(name);
      expect(/^[\x20-\x7e]*$/.test(wire) && decodeModifiedUtf7(wire) === name).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it('never reads two different wires as one name', () => {
  const wire = fc.string({ unit: fc.constantFrom(...'&-,+APwaQ/ '.split('')), maxLength: 12 });
  fc.assert(
    fc.property(wire, (text) => {
      const name = decodeModifiedUtf7(text);
      expect(name === null || encodeModifiedUtf7(name) === text).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
