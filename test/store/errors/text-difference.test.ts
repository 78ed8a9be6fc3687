import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDifference, differenceTo } from '../../../src/store/errors/text-difference.js';

describe('a text as far as it differs from another', () => {
  it('is what stands between the same beginning and the same end', () => {
    expect(differenceTo('NO [TOOBIG] Message 1 is too big', 'NO [TOOBIG] Message 27 is too big')).toEqual([
      20,
      '27',
      11,
    ]);
    expect(differenceTo('same', 'same')).toEqual([4, '', 0]);
    expect(differenceTo('aa', 'aaa')).toEqual([2, 'a', 0]);
    expect(differenceTo('', 'new')).toEqual([0, 'new', 0]);
  });

  it('gives the text back, whatever it is', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[ab]{0,12}$/));
    fc.assert(
      fc.property(text, text, (model, other) => {
        const stored = JSON.parse(JSON.stringify(differenceTo(model, other)));
        expect(applyDifference(model, stored)).toBe(other);
      }),
    );
  });
});
