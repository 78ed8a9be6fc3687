import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  astring,
  layOut,
  type OutgoingLiteral,
  type Piece,
  SLICE,
  waits,
} from '../../../../src/engine/imap/grammar/piece.js';

const body = (text: string, binary = false): OutgoingLiteral => ({
  slices: [Buffer.from(text, 'latin1')],
  length: text.length,
  binary,
});
const laid = (pieces: readonly Piece[], way: 'plus' | 'minus' | 'sync') =>
  [...layOut('n1', pieces, way)].map((step) => (step === 'wait' ? '<wait>' : step.toString('latin1'))).join('');

it('waits for the server as it asked for', () => {
  expect([waits('plus', 1e9), waits('minus', 4096), waits('minus', 4097), waits('sync', 0)]).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

it.each([
  ['INBOX', '"INBOX"'],
  ['', '""'],
  ['a%b*', '"a%b*"'],
])('quotes the name %j', (name, quoted) => {
  expect(astring(name)).toBe(quoted);
});

it('sends a name with a quote or a backslash as a literal: not every server unescapes', () => {
  expect(laid(['EXAMINE ', astring('a "b" \\c')], 'plus')).toBe('n1 EXAMINE {8+}\r\na "b" \\c\r\n');
});

it.each(['a\r\nb', 'a\0b', '\xe4', 'a\x7f'])(
  'sends the name %j as a literal, so that it is no line of its own',
  (name) => {
    expect(laid(['CREATE ', astring(name)], 'plus')).toBe(`n1 CREATE {${name.length}+}\r\n${name}\r\n`);
  },
);

it('lays out an APPEND for each way with literals', () => {
  const append = ['APPEND "A" () ', body('abc'), ' () ', body('d\0', true)];
  expect(laid(append, 'plus')).toBe('n1 APPEND "A" () {3+}\r\nabc () ~{2+}\r\nd\0\r\n');
  expect(laid(append, 'minus')).toBe('n1 APPEND "A" () {3+}\r\nabc () ~{2+}\r\nd\0\r\n');
  expect(laid(append, 'sync')).toBe('n1 APPEND "A" () {3}\r\n<wait>abc () ~{2}\r\n<wait>d\0\r\n');
});

it('writes large bodies in slices, without copying them', () => {
  const large = Buffer.alloc(SLICE * 2 + 1, 'x');
  const steps = [...layOut('n1', [{ slices: [large], length: large.length, binary: false }], 'plus')];
  const lengths = steps.slice(1, -1).map((step) => (step as Buffer).length);
  expect(lengths).toEqual([SLICE, SLICE, 1]);
  expect((steps[1] as Buffer).buffer).toBe(large.buffer);
});

it('announces as many bytes as it sends', () => {
  const bodies = fc.array(fc.array(fc.string({ maxLength: 5 }), { maxLength: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(bodies, fc.constantFrom('plus', 'minus', 'sync'), (all, way) => {
      const literals = all.map((parts) => {
        const slices = parts.map((part) => Buffer.from(part));
        return { slices, length: slices.reduce((sum, { length }) => sum + length, 0), binary: false };
      });
      let rest = Buffer.concat(
        [...layOut('n1', literals, way)].map((step) => (step === 'wait' ? Buffer.alloc(0) : step)),
      );
      rest = rest.subarray('n1 '.length);
      for (const { slices, length } of literals) {
        const head = /^\{(\d+)\+?\}\r\n/.exec(rest.toString('latin1'))!;
        expect(Number(head[1])).toBe(length);
        rest = rest.subarray(head[0].length);
        expect(rest.subarray(0, length).equals(Buffer.concat(slices))).toBe(true);
        rest = rest.subarray(length);
      }
      expect(rest.toString('latin1')).toBe('\r\n');
    }),
  );
});
