import { expect, it } from 'vitest';
import { foundSchema } from '../../../src/store/documents/found-schema.js';
import { foundText } from '../../../src/words/findings/found-text.js';
import { EVERY_FINDING } from '../../support/verdicts/every-finding.js';

it('is a line of its own for each finding, with its fields in it', () => {
  const texts = EVERY_FINDING.map(foundText);
  expect(new Set(texts).size).toBe(texts.length);
  for (const text of texts) {
    expect(text).not.toMatch(/\n|undefined|null|NaN|\[object/);
    expect(text.trim()).toBe(text);
  }
});

it.each([
  [0, '2026-03-01 02:17:05 UTC'],
  [1, '1 h earlier or 2 h later'],
  [2, '2014 to 2026'],
] as const)('puts dates and shifts into the words that the program has for them: %i, %s', (at, words) => {
  const dates = EVERY_FINDING.filter(({ key }) => ['dates changed', 'dates shifted', 'dates bunched'].includes(key));
  expect(dates.map(foundText)[at]).toContain(words);
});

it('is read as it is stored', () => {
  for (const found of EVERY_FINDING) expect(foundSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
  const odd = [null, 'a sentence', { key: 'mood' }, { key: 'too big' }, { key: 'dropped', text: '' }];
  for (const one of odd) expect(foundSchema.safeParse(one).success).toBe(false);
});
