import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changePen, PLAIN, penChange } from '../../../src/ui/terminal/pen.js';
import { readRow } from '../../../src/ui/terminal/row.js';

const code = fc.constantFrom(
  '1',
  '2',
  '3',
  '4',
  '5',
  '7',
  '9',
  '22',
  '24',
  '27',
  '31',
  '97',
  '42',
  '107',
  '38;5;208',
  '48;5;9',
  '38;2;1;2;3',
  '39',
  '49',
  '0',
);
const pen = fc.array(code, { maxLength: 6 }).map((codes) => codes.reduce(changePen, PLAIN));

it('makes any pen of any other, and writes nothing between equal ones', () => {
  fc.assert(
    fc.property(pen, pen, (from, to) => {
      const change = penChange(from, to);
      if (from === to) {
        expect(change).toBe('');
        return;
      }
      const [, parameters] = /^\u001b\[([\d;]*)m$/.exec(change) ?? [];
      expect(parameters).toBeDefined();
      expect(changePen(from, parameters ?? '')).toBe(to);
    }),
    { numRuns: 5_000 },
  );
});

it('takes the shorter way', () => {
  const [red, boldRed] = [changePen(PLAIN, '31'), changePen(PLAIN, '1;31')];
  expect(penChange(boldRed, red)).toBe('\u001b[22m');
  expect(penChange(boldRed, PLAIN)).toBe('\u001b[m');
  expect(penChange(changePen(PLAIN, '1;3;4;7'), red)).toBe('\u001b[;31m');
});

it('reads a line in cells, and lets no sequence but SGR into them', () => {
  const row = readRow('a\u001b[1m日\u001b[m\u001b[2J\u001b]0;title\u0007b\u001b[', {
    width: 80,
    charset: 'unicode',
    links: 'hidden',
  });
  expect(row.chars).toEqual(['a', '日', '', 'b']);
  expect(row.pens).toEqual([PLAIN, 1, 1, PLAIN]);
  expect(row.certain).toBe(true);
  expect(readRow('a👍b', { width: 80, charset: 'unicode', links: 'hidden' })).toMatchObject({
    chars: ['a', '👍', '', 'b'],
    certain: false,
  });
  expect(readRow('a\u201cb\u201d\u2026', { width: 80, charset: 'ascii', links: 'hidden' }).chars.join('')).toBe(
    'a"b"~',
  );
  expect(readRow('a👍日', { width: 80, charset: 'ascii', links: 'hidden' })).toMatchObject({
    chars: ['a', '?', '?', '?', '?'],
    certain: true,
  });
  expect(readRow('abcdef', { width: 4, charset: 'unicode', links: 'hidden' }).chars).toEqual(['a', 'b', 'c', 'd']);
  expect(readRow('ab日', { width: 3, charset: 'unicode', links: 'hidden' }).chars).toEqual(['a', 'b']);
});
