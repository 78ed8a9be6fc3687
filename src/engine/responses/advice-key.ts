import type { Verdict } from '../../words/verdict.js';
import type { Advice } from './advice.js';
import { ERROR_RULES, REMAINING, TLS_BROKEN, TLS_REFUSED } from './rules/errors.js';
import { RULES } from './rules/index.js';

const BY_RULE: ReadonlyMap<string, Advice> = new Map([
  ...[...ERROR_RULES, TLS_REFUSED, TLS_BROKEN, REMAINING].map(({ name, advice }) => [name, advice] as const),
  ...RULES.map(({ name, means }) => [name, means.advice] as const),
]);

/** The key of a verdict's advice; null: no rule about responses and errors decided. */
export function adviceKeyOf({ rule }: Verdict): Advice | null {
  return BY_RULE.get(rule) ?? null;
}
