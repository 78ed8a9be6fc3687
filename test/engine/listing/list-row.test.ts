import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readListRow } from '../../../src/engine/listing/list-row.js';
import { response } from '../imap/grammar/responses.js';

const read = (text: string) => readListRow(response(text));
const named = (text: string) => {
  const row = read(text);
  if (!row || row.kind === 'unreadable') throw new Error(`not read: ${row?.why}`);
  return row;
};

it('reads a row as RFC 9051 writes it', () => {
  expect(named('* LIST (\\HasNoChildren \\Sent) "/" "Sent Items"')).toEqual({
    kind: 'LIST',
    attributes: ['\\HasNoChildren', '\\Sent'],
    delimiter: '/',
    spellings: ['Sent Items'],
    oddity: null,
  });
  expect(named('* lsub () NIL inbox')).toMatchObject({ kind: 'LSUB', delimiter: null, spellings: ['inbox'] });
  expect(read('* STATUS A (MESSAGES 1)')).toBeUndefined();
  expect(read('* LISTING () "/" A')).toBeUndefined();
});

it.each([
  ['* LIST () "/" {3}\r\na"b', 'a"b'],
  ['* LIST () "/" {5}\r\na\r\nb\0', 'a\r\nb\0'],
  ['* LIST () "/" NIL', 'NIL'],
  ['* LIST () "/" ""', ''],
  ['* LIST () "/" R&D', 'R&D'],
  ['* LIST () "/" "Entw\xfcrfe"', 'Entw\xfcrfe'],
  ['* LIST () "/" "Foo" ("CHILDINFO" ("SUBSCRIBED"))', 'Foo'],
  ['* LIST ()  "/"   "Foo"  ', 'Foo'],
])('reads the name of %j, which is legal or as good as that', (text, name) => {
  expect(named(text)).toMatchObject({ spellings: [name], oddity: null });
});

it.each([
  ['* LIST () "/" Post Alt', 'Post Alt'],
  ['* LIST () "/" INBOX/Neues (Alt)', 'INBOX/Neues (Alt)'],
  ['* LIST () "/" Neues (Alt (2019))', 'Neues (Alt (2019))'],
  ['* LIST () "/" "x"y"', 'x"y'],
  ['* LIST () "/" "Say "hi" now"', 'Say "hi" now'],
  ['* LIST () "/" "Akten\\Nord"', 'Akten\\Nord'],
  ['* LIST () "/" "Akten\\"', 'Akten\\'],
  ['* LIST () "/" "Rot \\/ Blau"', 'Rot \\/ Blau'],
  ['* LIST "/" "Ablage"', 'Ablage'],
  ['* LIST (\\HasNoChildren "/" "Ablage"', 'Ablage'],
  ['* LIST () "/" "Ablage" and more', 'Ablage'],
])('takes the text of %j for the name, and says that the row is odd', (text, name) => {
  const row = named(text);
  expect(row.spellings[0]).toBe(name);
  expect(row.oddity).not.toBeNull();
});

it.each([
  ['* LIST () "/" "a\\\\b"', ['a\\b', 'a\\\\b']],
  ['* LIST () "/" "Rot \\/ Blau"', ['Rot \\/ Blau', 'Rot / Blau']],
  ['* LIST () "/"  lead ', ['lead', ' lead ']],
  ['* LIST () "/" *"INBOX"', ['*"INBOX"', 'INBOX']],
  ['* LIST () "/" Foo (OLDNAME ("Bar"))', ['Foo', 'Foo (OLDNAME ("Bar"))']],
  ['* LIST () "/" Foo ("X-Tag" (1))', ['Foo', 'Foo ("X-Tag" (1))']],
])('knows what else the name of %j may be', (text, spellings) => {
  expect(named(text).spellings).toEqual(spellings);
});

it.each([
  ['* LIST () "" INBOX', null],
  ['* LIST () "\\\\" INBOX', '\\'],
  ['* LIST () "\\" INBOX', '\\'],
  ['* LIST () / INBOX', '/'],
  ['* LIST () "\\"" INBOX', '"'],
])('reads the delimiter of %j', (text, delimiter) => {
  expect(named(text).delimiter).toBe(delimiter);
});

it.each([
  '* LIST',
  '* LIST ',
  '* LIST (',
  '* LIST (\\HasNoChildren',
  '* LIST ()',
  '* LIST () "/"',
  '* LIST () "/" ',
  '* LIST () "/',
  '* LIST () "/" "Arch',
  '* LIST \\HasNoChildren "/" "A"',
  '* LIST "Ablage" "B"',
  '* LIST () "A"',
  '* LIST () "/" x{1}\r\ny',
])('keeps the row %j that nobody can read', (text) => {
  expect(read(text)).toMatchObject({ kind: 'unreadable', row: expect.stringContaining('* LIST') });
});

it('shows a row with its literals in their place, and no more of it than an operator reads', () => {
  expect(read('* LIST () "/" x{3}\r\nabc')).toMatchObject({ row: '* LIST () "/" x{3} abc' });
  const long = read(`* LIST () "/" "${'x'.repeat(10_000)}`);
  expect(long?.kind === 'unreadable' && long.row.length).toBe(501);
});

it('reads whatever follows the word LIST or says that it cannot, and never throws', () => {
  const piece = fc.oneof(
    fc.constantFrom(' ', '(', ')', '"', '\\', 'NIL', '"/"', '()', 'a', '%', '*', '&-', '\xe4', '("X" (1))'),
    fc.string({ maxLength: 4 }).map((text) => text.replace(/[\r\n\u0100-\uffff{}]/g, '')),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const row = read(`* LIST ${pieces.join('')}`);
      expect(row?.kind).toMatch(/^(?:LIST|unreadable)$/);
      if (row?.kind === 'LIST') expect(row.spellings.length).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});

it('reads any name that is written as it should be, whatever is in it', () => {
  const name = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'ab"\\() /%*\xe4\t'.split('')) });
  fc.assert(
    fc.property(name, (text) => {
      expect(named(`* LIST () "/" {${text.length}}\r\n${text}`).spellings).toEqual([text]);
      const quoted = text.replace(/[\\"]/g, '\\$&');
      expect(named(`* LIST () "/" "${quoted}"`)).toMatchObject({ oddity: null });
      expect(named(`* LIST () "/" "${quoted}"`).spellings[0]).toBe(text);
    }),
  );
});
