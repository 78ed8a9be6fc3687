import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineReader, LineTooLong } from '../../src/protocol/line-reader.js';

describe('lines on the socket', () => {
  it('come out whole, however the bytes were cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }).map((one) => one.replaceAll('\n', ''))),
        fc.integer({ min: 1, max: 7 }),
        (lines, size) => {
          const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''));
          const reader = new LineReader();
          const got: string[] = [];
          for (let i = 0; i < bytes.length; i += size) got.push(...reader.push(bytes.subarray(i, i + size)));
          expect(got).toEqual(lines);
        },
      ),
    );
  });

  it('may be as long as the limit and no longer', () => {
    expect(new LineReader(3).push(Buffer.from('abc\nde'))).toEqual(['abc']);
    expect(() => new LineReader(3).push(Buffer.from('abcd\n'))).toThrow(LineTooLong);
  });
});
