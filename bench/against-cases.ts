import type { Profile } from './lab/corpus.js';

/** The cases that are timed. `again`: a run with nothing to do, after one that copied all. */
interface Case {
  readonly profile: Profile;
  readonly messages: number;
  readonly run: 'fresh' | 'again';
}

export const CASES = {
  small: { profile: 'small', messages: 10_000, run: 'fresh' },
  small1k: { profile: 'small', messages: 1000, run: 'fresh' },
  mixed: { profile: 'mixed', messages: 2000, run: 'fresh' },
  large: { profile: 'large', messages: 60, run: 'fresh' },
  nothing: { profile: 'small', messages: 10_000, run: 'again' },
} as const satisfies Readonly<Record<string, Case>>;
export type CaseName = keyof typeof CASES;
export const CASE_NAMES = Object.keys(CASES) as readonly CaseName[];
