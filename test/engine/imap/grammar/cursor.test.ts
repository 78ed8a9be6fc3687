import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Cursor, Unreadable, type Value } from '../../../../src/engine/imap/grammar/cursor.js';
import { bytesOf, response } from './responses.js';

/** A value with its literals as `{bytes}`. */
function shown(value: Value): unknown {
  if (value === null || typeof value === 'string') return value;
  if ('slices' in value) return `{${bytesOf(value)}}`;
  return value.map(shown);
}
const read = (text: string) => shown(new Cursor(response(text)).value());

it.each([
  ['atom', 'atom'],
  ['NIL', null],
  ['nil', null],
  ['"NIL"', 'NIL'],
  ['"a b"', 'a b'],
  ['"a\\"b\\\\c"', 'a"b\\c'],
  ['""', ''],
  ['()', []],
  ['( )', []],
  ['(a (b NIL) "c d" {2}\r\nef)', ['a', ['b', null], 'c d', '{ef}']],
  ['{3}\r\nabc', '{abc}'],
  ['BODY[HEADER.FIELDS (A B)]', 'BODY[HEADER.FIELDS (A B)]'],
  ['a)', 'a'],
])('reads %j', (text, value) => {
  expect(read(text)).toEqual(value);
});

it.each(['(', '(a', '"a', '"a\\', '', ')', ' a', '((((a)'])('calls %j unreadable', (text) => {
  expect(() => read(text)).toThrow(Unreadable);
});

it('calls lists that are nested without end unreadable, instead of running out of stack', () => {
  expect(() => read('('.repeat(100_000))).toThrow(Unreadable);
  expect(() => read('('.repeat(40) + ')'.repeat(40))).toThrow('too deep');
  expect(read('('.repeat(30) + ')'.repeat(30))).toBeInstanceOf(Array);
});

it('reads flags by their spaces alone', () => {
  const cursor = new Cursor(response('(\\Seen 100% [x {y)'));
  const flags: string[] = [];
  cursor.open();
  while (!cursor.closed()) flags.push(cursor.word());
  expect(flags).toEqual(['\\Seen', '100%', '[x', '{y']);
  expect(cursor.done).toBe(true);
});

it('reads a name in each of its forms, and no list', () => {
  const name = (text: string) => new Cursor(response(text)).string();
  expect([name('a'), name('"a"'), name('{1}\r\na'), name('NIL')]).toEqual(['a', 'a', 'a', null]);
  expect(() => name('(a)')).toThrow(Unreadable);
});

it('says that a list is missing, and where', () => {
  expect(() => new Cursor(response('x'), 1).open()).toThrow('at 1');
  expect(() => new Cursor(response('x')).literal()).toThrow(Unreadable);
});

it('reads or calls unreadable whatever it is given, and always comes to an end', () => {
  const text = fc.array(fc.constantFrom('(', ')', '"', '\\', ' ', '[', ']', 'a', 'NIL', '{1}\r\nx', '\xff', '\0'), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(text, (parts) => {
      const cursor = new Cursor(response(`${parts.join('')}.`));
      try {
        for (let steps = 0; !cursor.done; steps++) {
          expect(steps).toBeLessThan(400);
          cursor.skipSpaces();
          if (!cursor.done) cursor.value();
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Unreadable);
      }
    }),
    { numRuns: 2000 },
  );
});
