import { expect, it } from 'vitest';
import { ADVICE } from '../../../src/engine/responses/advice.js';
import { adviceKeyOf } from '../../../src/engine/responses/advice-key.js';
import { classify } from '../../../src/engine/responses/classify.js';
import { classifyError } from '../../../src/engine/responses/classify-error.js';
import { RULES } from '../../../src/engine/responses/rules/index.js';

it('gives rules of one name one advice', () => {
  const advice = new Map<string, Set<string>>();
  for (const { name, means } of RULES) advice.set(name, (advice.get(name) ?? new Set()).add(means.advice));
  expect([...advice].filter(([, keys]) => keys.size > 1)).toEqual([]);
});

it.each([
  ['NO [AUTHENTICATIONFAILED] Authentication failed.', 'password'],
  ['NO [UNAVAILABLE] Temporary problem', 'passing'],
  ['NO [OVERQUOTA] full', 'full mailbox'],
  ['NO what it never said before', null],
] as const)('finds the key of the advice on %s', (line, key) => {
  const verdict = classify({ line, command: 'LOGIN', side: 'destination' });
  const found = adviceKeyOf(verdict);
  expect(found === null ? null : ADVICE[found]).toBe(verdict.advice);
  if (key !== null) expect(found).toBe(key);
});

it('knows the advice on errors of the connection, and none of what the engine found itself', () => {
  const verdict = classifyError({
    error: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
    command: 'connect',
    side: 'source',
  });
  expect(ADVICE[adviceKeyOf(verdict) ?? 'nothing']).toBe(verdict.advice);
  expect(adviceKeyOf({ ...verdict, rule: 'engine:not-stored' })).toBeNull();
});
