import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  literalText,
  LITERAL_MARK as MARK,
  ResponseReader,
} from '../../../../src/engine/imap/grammar/response-reader.js';
import { readAll, response } from './responses.js';

it('reads a line, with or without CR', () => {
  expect(readAll('* OK ready\r\n* 3 EXISTS\n')).toEqual([
    { text: '* OK ready', literals: [] },
    { text: '* 3 EXISTS', literals: [] },
  ]);
});

it('keeps literals out of the text, several in one response', () => {
  expect(readAll('* 1 FETCH (BODY[] {5}\r\na\r\nb) UID {1}\r\n7)\r\n')).toEqual([
    { text: `* 1 FETCH (BODY[] ${MARK} UID ${MARK})`, literals: ['a\r\nb)', '7'] },
  ]);
});

it.each([
  ['an empty literal', '* 1 FETCH (BODY[] {0}\r\n)\r\n', `* 1 FETCH (BODY[] ${MARK})`, ['']],
  ['a literal8', '* 1 FETCH (BINARY[] ~{2}\r\n\0x)\r\n', `* 1 FETCH (BINARY[] ${MARK})`, ['\0x']],
  ['a literal with +', '* X {1+}\r\ny\r\n', `* X ${MARK}`, ['y']],
  ['a literal that looks like a response', '* X {6}\r\n* OK\r\n\r\n', `* X ${MARK}`, ['* OK\r\n']],
  ['8-bit bytes', '* X "\xe4"\r\n', '* X "\xe4"', []],
  ['NUL and lone CR', '* X a\0\rb\r\n', '* X a\0\rb', []],
  ['braces in free text', '* OK see {5}\r\n', '* OK see {5}', []],
  ['braces in a tagged text', 'n1 NO see {5}\r\n', 'n1 NO see {5}', []],
  ['braces in a farewell', '* BYE {5}\r\n', '* BYE {5}', []],
  ['braces in a continuation', '+ {5}\r\n', '+ {5}', []],
  ['braces that are no literal', '* X {a}\r\n', '* X {a}', []],
  ['braces in the middle', '* X {3} y\r\n', '* X {3} y', []],
])('reads %s', (_what, bytes, text, literals) => {
  expect(readAll(bytes)).toEqual([{ text, literals }]);
});

it('waits for the rest of a literal', () => {
  expect(readAll('* X {5}\r\nabc')).toEqual([]);
  expect(readAll('* X {5}\r\nabcde')).toEqual([]);
  expect(readAll('* X {5}\r\nabcde\r\n')).toHaveLength(1);
});

it('copies no body: the slices are those that arrived', () => {
  const read: Buffer[] = [];
  const reader = new ResponseReader(({ literals }) => read.push(...literals.flatMap(({ slices }) => slices)));
  const chunks = ['* X {6}\r\nab', 'cd', 'ef\r\n'].map((text) => Buffer.from(text));
  for (const chunk of chunks) reader.feed(chunk);
  expect(read.map((slice) => slice.buffer)).toEqual(chunks.map((chunk) => chunk.buffer));
  expect(read.map(String)).toEqual(['ab', 'cd', 'ef']);
  const [{ literals }] = [response('* X {6}\r\nabcdef')];
  expect(literals.map(literalText)).toEqual(['abcdef']);
});

it('refuses a literal that no mail server has', () => {
  expect(() => readAll('* X {2147483649}\r\n')).toThrow('2147483649');
  expect(() => readAll('* X {9999999999}\r\n')).toThrow('announced');
  expect(readAll('* X {2147483648}\r\n')).toEqual([]);
});

it('refuses a line that never ends, in one piece or in many, before it fills the memory', () => {
  const megabyte = Buffer.alloc(1024 * 1024, 'a');
  const feed = (make: () => Buffer) => {
    const reader = new ResponseReader(() => {});
    let fed = 0;
    expect(() => {
      for (; fed < 100; fed++) reader.feed(make());
    }).toThrow('without an end');
    return fed;
  };
  expect(feed(() => megabyte)).toBeLessThan(100);
  expect(feed(() => Buffer.concat([megabyte, Buffer.from('{1}\r\nx')]))).toBeLessThan(40);
});

it('reads the same wherever the bytes were cut', () => {
  const part = fc.oneof(
    fc.string({ maxLength: 8 }).map((text) => text.replace(/[\r\n{}]/g, '')),
    fc.string({ maxLength: 12 }).map((text) => `{${Buffer.byteLength(text, 'latin1')}}\r\n${text}`),
    fc.constantFrom('(', ')', '"', '\\', ' ', 'NIL', '{x}', '{7} '),
  );
  const line = fc.array(part, { maxLength: 6 }).map((parts) => `* ${parts.join('')}.\r\n`);
  const bytes = fc.array(line, { maxLength: 5 }).map((lines) => lines.join(''));
  fc.assert(
    fc.property(bytes, fc.array(fc.nat({ max: 200 }), { maxLength: 12 }), (text, cuts) => {
      const whole = readAll(text);
      expect(readAll(text, cuts)).toEqual(whole);
      expect(
        readAll(
          text,
          Array.from({ length: text.length }, (_, i) => i),
        ),
      ).toEqual(whole);
    }),
    { numRuns: 1000 },
  );
});

it('takes hostile bytes for what they are: responses, or an error of its own, and never more text than came', () => {
  const hostile = fc.array(
    fc.oneof(
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '{',
        '}',
        '{1}\r\n',
        '~{3}\r\n',
        '{0}\r\n',
        '* ',
        '+ ',
        'n1 OK ',
        '\0',
        '\xff',
        '"',
        '(',
      ),
      fc.nat().map((n) => `{${n}}\r\n`),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(hostile, fc.array(fc.nat({ max: 200 }), { maxLength: 10 }), (parts, cuts) => {
      const text = parts.join('');
      try {
        const read = readAll(text, cuts);
        const length = read.reduce((sum, each) => sum + each.text.length + each.literals.join('').length, 0);
        expect(length).toBeLessThanOrEqual(text.length);
      } catch (error) {
        expect(String(error)).toMatch(/^Error: a (?:literal of \d+ bytes was announced|line without an end)/);
      }
    }),
    { numRuns: 3000 },
  );
});
