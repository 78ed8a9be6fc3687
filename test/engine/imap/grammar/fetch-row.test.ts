import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isFetchRow, parseFetchRow } from '../../../../src/engine/imap/grammar/fetch-row.js';
import { bytesOf, response } from './responses.js';

const row = (text: string) => parseFetchRow(response(text));

it('reads all that is asked for, in any order and case', () => {
  const read = row(
    '* 3 FETCH (FLAGS (\\Seen kw) uid 7 INTERNALDATE " 1-Feb-2020 10:00:00 +0100" Rfc822.Size 42 MODSEQ (99) BODY[] {3}\r\nabc)',
  );
  expect(read).toMatchObject({
    uid: 7,
    flags: ['\\Seen', 'kw'],
    internalDate: ' 1-Feb-2020 10:00:00 +0100',
    size: 42,
    modseq: '99',
  });
  expect(bytesOf(read!.body!)).toBe('abc');
});

it.each([
  ['06-Jan-2020 10:00:00 +0100', '06-Jan-2020 10:00:00 +0100'],
  ["'06-Jan-2020 10:00:00 +0100'", '06-Jan-2020 10:00:00 +0100'],
  ['06-Jan-2020 10:00:00 +0100"', '06-Jan-2020 10:00:00 +0100'],
  ['6-Jan-2020 10:00 GMT', '6-Jan-2020 10:00 GMT'],
  ['06-Jan-2020 10:00:00', '06-Jan-2020 10:00:00'],
  ['06-Jan-2020', '06-Jan-2020'],
  ['"06-Jan-2020 10:00:00 CEST"', '06-Jan-2020 10:00:00 CEST'],
  ['{7}\r\nwhoever', 'whoever'],
])('reads the date %s to its end, and what follows it', (date, read) => {
  expect(row(`* 1 FETCH (UID 5 INTERNALDATE ${date} FLAGS (\\Seen) RFC822.SIZE 9)`)).toEqual({
    ...{ number: 1, uid: 5, internalDate: read },
    ...{ flags: ['\\Seen'], size: 9 },
  });
  expect(row(`* 1 FETCH (UID 5 INTERNALDATE ${date})`)).toMatchObject({ internalDate: read });
});

it.each([
  ['a quoted body', '* 1 FETCH (UID 1 BODY[] "abc")', 'abc'],
  ['an empty body', '* 1 FETCH (UID 1 BODY[] {0}\r\n)', ''],
  ['a binary body', '* 1 FETCH (UID 1 BINARY[] ~{2}\r\n\0a)', '\0a'],
])('reads %s', (_what, text, body) => {
  expect(bytesOf(row(text)!.body!)).toBe(body);
});

it('tells a body that is NIL from one that was not sent', () => {
  expect(row('* 1 FETCH (UID 1 BODY[] NIL)')).toHaveProperty('body', null);
  expect(row('* 1 FETCH (UID 1)')).not.toHaveProperty('body');
});

it('reads a header, and does not take it for the body', () => {
  const read = row('* 1 FETCH (UID 1 BODY[HEADER.FIELDS (MESSAGE-ID)] {5}\r\na\r\n\r\n)')!;
  expect(bytesOf(read.header!)).toBe('a\r\n\r\n');
  expect(read.body).toBeUndefined();
});

it('reads a part of the body, and does not take it for the whole', () => {
  const read = row('* 1 FETCH (UID 1 BODY[]<262144> {3}\r\nabc)')!;
  expect([read.part?.from, bytesOf(read.part!.bytes!)]).toEqual([262_144, 'abc']);
  expect(read.body).toBeUndefined();
  expect(row('* 1 FETCH (BODY[]<0> NIL)')).toEqual({ number: 1, part: { from: 0, bytes: null } });
  expect(bytesOf(row('* 1 FETCH (BODY[HEADER.FIELDS (TO)]<0> {1}\r\na)')!.header!)).toBe('a');
});

it('reads keywords that the grammar forbids', () => {
  expect(row('* 1 FETCH (FLAGS (100% $Forwarded [ab) UID 5)')).toMatchObject({
    uid: 5,
    flags: ['100%', '$Forwarded', '[ab'],
  });
});

it('steps over what it does not know', () => {
  const text =
    '* 1 FETCH (X-GM-LABELS-NEXT ("\\\\Inbox" (a)) ENVELOPE (NIL "s" ((NIL NIL "a" "b"))) EMAILID (M1) UID 5)';
  expect(row(text)).toEqual({ number: 1, uid: 5 });
});

it.each(['UID x', 'UID -1', 'UID 0', 'UID 5000000001', 'UID 1e400', 'UID (1)'])('reads no UID from %s', (item) => {
  expect(row(`* 1 FETCH (${item})`)?.uid).toBeUndefined();
});

it.each(['NIL', '-1', 'x', '(5)', '1e9'])('takes a size of %s for none, and the message for there', (size) => {
  const read = row(`* 1 FETCH (UID 7 RFC822.SIZE ${size} FLAGS (\\Seen))`);
  expect(read).toMatchObject({ uid: 7, flags: ['\\Seen'] });
  expect(read!.size).toBeUndefined();
});

it.each([
  ['breaks off', '* 1 FETCH (FLAGS (a) UID 7', { uid: 7, flags: ['a'] }],
  ['has a string without an end', '* 1 FETCH (UID 7 X "a)', { uid: 7 }],
  ['has a list for a body', '* 1 FETCH (UID 7 BODY[] (a))', { uid: 7 }],
  ['has its UID behind what cannot be read', '* 1 FETCH (INTERNALDATE "a UID 7 RFC822.SIZE 5)', { uid: 7 }],
])('takes what can be read of a row that %s', (_what, text, read) => {
  expect(row(text)).toEqual({ number: 1, ...read, more: 'something that cannot be read' });
});

it('reads a UIDFETCH row, which has no message number', () => {
  expect(row('* UIDFETCH 25996 (FLAGS (\\Seen) RFC822.SIZE 5)')).toEqual({ uid: 25_996, flags: ['\\Seen'], size: 5 });
});

it.each(['* 1 FETCH UID 1', '* 1 FETCH (FLAGS', '* 1 FETCH '])('leaves out a row that cannot be read: %s', (text) => {
  expect(isFetchRow(response(text))).toBe(true);
  expect(row(text)).toBeUndefined();
});

it.each(['* 1 EXISTS', '* OK FETCH (UID 1)', 'n1 OK FETCH done', '* FETCH (UID 1)', '+ FETCH'])(
  'knows that this is no row: %s',
  (text) => {
    expect(isFetchRow(response(text))).toBe(false);
    expect(row(text)).toBeUndefined();
  },
);

it('reads or leaves out whatever a server sends', () => {
  const parts = fc.array(
    fc.constantFrom(
      'UID',
      'FLAGS',
      'BODY[]',
      'INTERNALDATE',
      'MODSEQ',
      '(',
      ')',
      '"',
      '7',
      'NIL',
      '\\Seen',
      '{2}\r\nab',
      '[',
      ']',
      '%',
    ),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(parts, (words) => {
      const read = row(`* 1 FETCH (${words.join(' ')})`);
      if (read?.uid !== undefined) expect(read.uid).toBe(7);
      if (read?.flags) for (const flag of read.flags) expect(flag).toMatch(/^[^ )]+$/);
    }),
    { numRuns: 3000 },
  );
});

it('reads flags and dates that are written as strings, and does not take their literals for the header or the body', () => {
  const read = row(
    '* 1 FETCH (UID 1 FLAGS ({5}\r\n\\Seen "\\Draft" kw) INTERNALDATE {26}\r\n06-Jan-2020 10:00:00 +0000 BODY[] {3}\r\nabc)',
  );
  expect(read).toMatchObject({ flags: ['\\Seen', '\\Draft', 'kw'], internalDate: '06-Jan-2020 10:00:00 +0000' });
  expect(bytesOf(read!.body!)).toBe('abc');
});
