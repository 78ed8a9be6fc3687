import { parseArgs } from 'node:util';
import { FAMILIES, type Family } from '../../bench/lab/families/family.js';

export interface FaultOptions {
  readonly seed: number;
  /** Numbers of the rounds to play. */
  readonly rounds: readonly number[];
  readonly target: Family;
  /** At a time: they wait for most of their time. */
  readonly jobs: number;
  /** Where a report in vitest's form is written; null: none is. */
  readonly report: string | null;
}

export const USAGE = `npm run test:faults -- [options]
  --seed N      the same seed and target give the same rounds (1)
  --rounds N    so many (10)
  --round N     only this one of them, to play it again
  --target T    dovecot, cyrus or courier (dovecot)
  --jobs N      rounds at a time (4)
  --report FILE write a report in JSON, as test runners do`;

/** @throws Error  one line, for a wrong option */
export function readOptions(args: readonly string[]): FaultOptions {
  const text = { type: 'string' } as const;
  const options = { seed: text, rounds: text, round: text, target: text, jobs: text, report: text };
  const { values } = parseArgs({ args: [...args], options });
  const target = FAMILIES.find((family) => family === (values.target ?? 'dovecot'));
  if (target === undefined) throw new Error(`--target is one of ${FAMILIES.join(', ')}`);
  const count = whole('--rounds', values.rounds ?? '10', 1);
  const rounds =
    values.round === undefined ? Array.from({ length: count }, (_, at) => at + 1) : [whole('--round', values.round, 1)];
  return {
    seed: whole('--seed', values.seed ?? '1', 0),
    rounds,
    target,
    jobs: whole('--jobs', values.jobs ?? '4', 1),
    report: values.report ?? null,
  };
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least) throw new Error(`${name} is a whole number of ${least} or more`);
  return number;
}
