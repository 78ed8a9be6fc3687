import type { EndpointLimits } from '../../../store/batch/limits.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import { parseSize } from '../sizes.js';
import { parseBudgets } from './budget-text.js';
import { readProfileChoice } from './profile-file.js';

/** How much an endpoint bears, as commander hands it over. */
export interface LimitFlags {
  readonly profile?: string;
  readonly budget?: string;
  /** Of this endpoint. */
  readonly rate?: string;
}

export const LIMIT_WORDS = ['profile', 'budget', 'rate'] as const satisfies readonly (keyof LimitFlags)[];

/** @param wholeRate  `--rate`, which is of both endpoints @throws BadInput */
export async function readLimits(
  { profile, budget, rate }: LimitFlags,
  side: Side,
  wholeRate: string | undefined,
  cwd: string,
): Promise<EndpointLimits> {
  const option = (name: string) => `--${side}-${name}`;
  const rates = [
    ...(wholeRate === undefined ? [] : [parseRate(wholeRate, '--rate')]),
    ...(rate === undefined ? [] : [parseRate(rate, option('rate'))]),
  ];
  return {
    profile:
      profile === undefined ? { name: null, overrides: {} } : await readProfileChoice(profile, option('profile'), cwd),
    budgets: budget === undefined ? null : [...parseBudgets(budget, option('budget'))],
    rate: rates.length === 0 ? null : Math.min(...rates),
  };
}

/** Slower than that, connections would look dead to servers that wait for them. */
const SLOWEST = 16 * 1024;

export function parseRate(text: string, option: string): number {
  const rate = parseSize(text.replace(/\/s$/, ''), option);
  if (rate < SLOWEST) throw new BadInput(`${option}: at least 16k, bytes a second, is needed`);
  return rate;
}
