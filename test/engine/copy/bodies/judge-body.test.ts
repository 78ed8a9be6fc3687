import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Arrived,
  doubtOf,
  ruleOn,
  ruleOnAgain,
  type SecondLook,
} from '../../../../src/engine/copy/bodies/judge-body.js';

const WHOLE: Arrived = { length: 100, comparison: 'agrees', row: 'as asked', isTwin: false, isSample: false };
const SAME: SecondLook = { size: undefined, header: 'same', end: 'same' };

describe('a body is sent without a second look', () => {
  it('where size and header agree', () => expect(doubtOf(WHOLE, false)).toBeNull());
  it.each(['line ends', 'bare line ends', 'not listed'] as const)('where its size is explained: %s', (comparison) =>
    expect(doubtOf({ ...WHOLE, comparison }, false)).toBeNull(),
  );
  it('where the sizes of the server are known estimates', () =>
    expect(doubtOf({ ...WHOLE, comparison: 'shorter' }, true)).toBeNull());
});

it.each([
  ['empty', { length: 0 }],
  ['row', { row: 'with more' }],
  ['size', { comparison: 'shorter' }],
  ['size', { comparison: 'longer' }],
  ['size', { comparison: 'padded' }],
  ['twin', { isTwin: true }],
  ['sample', { isSample: true }],
] as const)('a body is looked at again: %s', (doubt, change) => {
  expect(doubtOf({ ...WHOLE, ...change }, false)).toBe(doubt);
});

it.each([
  ['another header', WHOLE, { ...SAME, header: 'other' }, 'ask in parts'],
  ['more behind its end', WHOLE, { ...SAME, end: 'other' }, 'ask in parts'],
  ['all the same', WHOLE, SAME, 'take'],
  ['the size that came, now', { ...WHOLE, comparison: 'shorter' }, { ...SAME, size: 100 }, 'take'],
  ['longer than listed, and the same again', { ...WHOLE, comparison: 'longer' }, SAME, 'take and note'],
  ['shorter than listed, where other sizes agree', { ...WHOLE, comparison: 'shorter' }, SAME, 'ask in parts'],
  ['filling behind it, where other sizes agree', { ...WHOLE, comparison: 'padded' }, SAME, 'ask in parts'],
  ['an end that is not told', { ...WHOLE, comparison: 'longer' }, { ...SAME, end: 'untold' }, 'ask in parts'],
] as const)('a second look finds %s', (_what, body, look, ruling) => {
  expect(ruleOn(body, look, false)).toBe(ruling);
});

it('takes a body that is shorter than listed where the server’s sizes are estimates', () => {
  expect(ruleOn({ ...WHOLE, comparison: 'shorter' }, SAME, true)).toBe('take and note');
  expect(ruleOnAgain({ comparison: 'shorter', header: 'same', isSame: true }, true)).toBe('take and note');
  expect(ruleOnAgain({ comparison: 'shorter', header: 'same', isSame: true }, false)).toBe('refuse');
});

it('never sends a body whose header is another message’s, nor one that changes from try to try', () => {
  const comparison = fc.constantFrom('not listed', 'agrees', 'line ends', 'shorter', 'longer', 'padded');
  const header = fc.constantFrom('same', 'other', 'untold');
  fc.assert(
    fc.property(comparison, header, fc.boolean(), fc.boolean(), (comparison, header, isSame, estimates) => {
      const ruling = ruleOnAgain({ comparison, header, isSame }, estimates);
      if (header === 'other') expect(ruling).toBe('refuse');
      if (!isSame && comparison !== 'agrees' && comparison !== 'line ends') expect(ruling).toBe('refuse');
      if ((comparison === 'shorter' || comparison === 'padded') && !estimates) expect(ruling).toBe('refuse');
    }),
  );
});
