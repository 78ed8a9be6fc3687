import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rewritten } from '../../../../demo/server/habits.js';
import { CYRUS_HABITS, DOVECOT_HABITS, PLAIN_HABITS } from '../../../../demo/server/index.js';
import { canonicalBytes, fingerprint } from '../../../../src/engine/copy/message/fingerprint.js';
import { literal } from '../../../support/mail-messages.js';

const canonical = (text: string) => fingerprint(literal(text)).canonical;
const exact = (text: string) => fingerprint(literal(text)).exact;

it('is SHA-256 of the bytes, however they are sliced', () => {
  const text = 'Subject: x\r\n\r\nbody\r\n';
  const hash = createHash('sha256').update(text).digest('base64');
  for (const slice of [1, 3, 7, 100]) expect(fingerprint(literal(text, slice)).exact).toBe(hash);
});

it.each([
  ['bare LF', 'A: b\n\nx\ny\n', 'A: b\r\n\r\nx\r\ny\r\n'],
  ['a missing end of line at the end', 'A: b\r\n\r\nx', 'A: b\r\n\r\nx\r\n'],
  ['NUL in the body', 'A: b\r\n\r\nx\0y\r\n', 'A: b\r\n\r\nx\x80y\r\n'],
  ['8-bit bytes in the header', 'A: \xe4\xf6\r\n\r\nx\r\n', 'A: XX\r\n\r\nx\r\n'],
  ['NUL in the header', 'A: \0\r\n\r\nx\r\n', 'A: X\r\n\r\nx\r\n'],
  ['a space behind an empty header', 'X-Empty:\r\nA: b\r\n\r\nx\r\n', 'X-Empty: \r\nA: b\r\n\r\nx\r\n'],
  ['a tab made a space', 'X-Tab:\tvalue\r\n\r\nx\r\n', 'X-Tab: value\r\n\r\nx\r\n'],
  ['another folding', 'A: b\r\n\tc d\r\n\r\nx\r\n', 'A: b c\r\n d\r\n\r\nx\r\n'],
  ['a header of Exchange', 'A: b\r\n\r\nx\r\n', 'X-MS-Exchange-Organization-SCL: -1\r\nA: b\r\n\r\nx\r\n'],
  ['a folded header of Exchange', 'A: b\r\n\r\nx\r\n', 'A: b\r\nX-MS-Exchange-A: 1\r\n\t2\r\n 3\r\n\r\nx\r\n'],
  [
    'headers of an mbox file that hold flags and UIDs',
    'A: b\r\n\r\nx\r\n',
    'A: b\r\nX-IMAPbase: 1795950045                    6\r\nX-UID: 1\r\nStatus: RO\r\nX-Status: A\r\n\r\nx\r\n',
  ],
  [
    'a Status of an mbox file that no other header stands beside',
    'A: b\r\n\r\nx\r\n',
    'Status: R\r\nA: b\r\n\r\nx\r\n',
  ],
  ['a header of mbsync', 'A: b\r\n\r\nx\r\n', 'X-TUID: abc\r\nA: b\r\n\r\nx\r\n'],
])('undoes %s', (_what, sent, stored) => {
  expect(canonical(stored)).toBe(canonical(sent));
  expect(exact(stored)).not.toBe(exact(sent));
});

it.each([
  ['another body', 'A: b\r\n\r\nx\r\n', 'A: b\r\n\r\ny\r\n'],
  ['another header', 'A: b\r\n\r\nx\r\n', 'A: c\r\n\r\nx\r\n'],
  ['a header without its space between words', 'A: b c\r\n\r\nx\r\n', 'A: bc\r\n\r\nx\r\n'],
  ['white space in the body', 'A: b\r\n\r\nx  y\r\n', 'A: b\r\n\r\nx y\r\n'],
  ['another header with X-', 'X-Spam: no\r\n\r\nx\r\n', 'X-Spam: yes\r\n\r\nx\r\n'],
  ['an added line in the body', 'A: b\r\n\r\nx\r\ny\r\n', 'A: b\r\n\r\nx\r\n\r\ny\r\n'],
  ['8-bit bytes in the body', 'A: b\r\n\r\n\xe4\r\n', 'A: b\r\n\r\nX\r\n'],
  ['a body that looks like a header of Exchange', 'A: b\r\n\r\nX-MS-Exchange-A: 1\r\nx\r\n', 'A: b\r\n\r\nx\r\n'],
  [
    'a header whose name only begins like one of an mbox file',
    'Status-Page: a\r\n\r\nx\r\n',
    'Status-Page: b\r\n\r\nx\r\n',
  ],
  ['a lone CR', 'A: b\r\n\r\nx\ry\r\n', 'A: b\r\n\r\nxy\r\n'],
])('tells apart what differs in %s', (_what, a, b) => {
  expect(canonical(a)).not.toBe(canonical(b));
});

it('takes a message without body for all header, and one that begins with an empty line for all body', () => {
  expect(canonicalBytes(literal('A: \xe4')).toString('latin1')).toBe('A: X');
  expect(canonicalBytes(literal('\r\n\xe4\r\n')).toString('latin1')).toBe('\n\xe4');
  expect(canonicalBytes(literal('')).length).toBe(0);
});

it('sees through whatever Dovecot, Cyrus and Exchange make of a message', () => {
  const bytes = fc
    .array(fc.constantFrom(...'AX:b \t\r\n\0\xe4-'.split('')), { maxLength: 60 })
    .map((all) => all.join(''));
  const habits = [
    DOVECOT_HABITS,
    CYRUS_HABITS,
    { ...PLAIN_HABITS, addHeaders: ['X-MS-Exchange-Organization-SCL: -1'] },
  ];
  fc.assert(
    fc.property(bytes, fc.constantFrom(...habits), (body, habit) => {
      const text = `Subject: x\r\nTo: \xe4\r\n\r\n${body}`;
      const stored = rewritten(Buffer.from(text, 'latin1'), habit).toString('latin1');
      expect(canonical(stored)).toBe(canonical(text));
    }),
    { numRuns: 2000 },
  );
});
