import type { FaultOptions } from './options.js';
import type { Outcome } from './round.js';

/** A round in one line. */
export function roundLine({ plan, verdict, wrong, hit, seconds, kept }: Outcome): string {
  const result = wrong.length === 0 ? 'right' : wrong.join(', ').toUpperCase();
  const end = kept === null ? '' : `  [kept in ${kept}]`;
  return `round ${plan.round}: ${result}; ${verdict.compared} messages, ${seconds.toFixed(0)} s; ${hit.join(', ') || 'no fault came in time'}${end}`;
}

const COLUMNS = ['missing', 'twice', 'altered', 'foreignGone', 'withoutEntry'] as const;

/** The table at the end. */
export function table(options: FaultOptions, outcomes: readonly Outcome[]): string {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const hits = new Map<string, number>();
  for (const { hit } of outcomes) for (const name of hit) hits.set(name, (hits.get(name) ?? 0) + 1);
  const rows: [string, number | string][] = [
    ['target', options.target],
    ['seed', options.seed],
    ['rounds', outcomes.length],
    ['messages compared', sum(({ verdict }) => verdict.compared)],
    ...COLUMNS.map((name): [string, number] => [name, sum(({ verdict }) => verdict[name])]),
    ['not settled', sum(({ verdict }) => (verdict.settled ? 0 : 1))],
    ['rounds that went wrong', outcomes.filter(({ wrong }) => wrong.length > 0).length],
    ['faults that came in time', sum(({ hit }) => hit.length)],
    ...[...hits].sort(([a], [b]) => a.localeCompare(b)).map(([name, count]): [string, number] => [`  ${name}`, count]),
  ];
  return rows.map(([name, value]) => `${name.padEnd(28)}${String(value).padStart(10)}`).join('\n');
}

/** The report that test runners write, as far as counting needs it. */
export function jsonReport({ target, seed }: FaultOptions, outcomes: readonly Outcome[]): string {
  const failed = outcomes.some(({ wrong }) => wrong.length > 0);
  const assertionResults = outcomes.map(({ plan, wrong }) => ({
    fullName: `${target} seed ${seed} round ${plan.round}`,
    status: wrong.length === 0 ? 'passed' : 'failed',
    failureMessages: wrong,
  }));
  const file = { name: `faults ${target}`, status: failed ? 'failed' : 'passed', assertionResults };
  return JSON.stringify({ success: !failed, testResults: [file] });
}
