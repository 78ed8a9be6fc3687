import { expect, it } from 'vitest';
import { ANY_BATCH, adviceText } from '../../../src/words/advice/advice-text.js';
import { adviceAtForm } from '../../../src/words/advice/at-form.js';
import { EVERY_ADVICE } from '../../support/verdicts/every-advice.js';

it('never promises at a form that something is tried again, nor speaks of a plan', () => {
  for (const key of ['passing', 'maintenance', 'server fault', 'password'] as const) {
    const said = adviceAtForm({ key }, null);
    expect(said).not.toBe(adviceText({ key }, ANY_BATCH));
    expect(said).not.toMatch(/tried again by itself|every few minutes|the plan/);
  }
});

it('is the usual advice for all else', () => {
  const others = EVERY_ADVICE.filter((advice) => adviceAtForm(advice, null) !== adviceText(advice, ANY_BATCH));
  expect(others.map(({ key }) => key).toSorted()).toEqual(['maintenance', 'passing', 'password', 'server fault']);
});

it('names access tokens where the server takes them', () => {
  expect(adviceAtForm({ key: 'password' }, 'access tokens')).toMatch(/^This server takes access tokens/);
  const both = adviceAtForm({ key: 'lockout' }, 'access tokens, too');
  expect(both.startsWith(adviceText({ key: 'lockout' }, ANY_BATCH))).toBe(true);
  expect(both).toContain('Access tokens do in its place');
});
