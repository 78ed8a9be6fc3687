import type { DecisionEntity } from '../../protocol/answers.js';
import type { Correction } from '../../words/correction.js';

/** A row about a decision: an order, or a meaning that was given to responses. */
export type DecidedRow =
  | { readonly kind: 'decision'; readonly decision: DecisionEntity }
  | { readonly kind: 'rule'; readonly correction: Correction };

/** The rows: rules first, because they hold for everything that comes, then orders as they come. */
export function decidedRows(
  decisions: readonly DecisionEntity[],
  corrections: readonly Correction[],
): readonly DecidedRow[] {
  return [
    ...corrections.map((correction): DecidedRow => ({ kind: 'rule', correction })),
    ...decisions.map((decision): DecidedRow => ({ kind: 'decision', decision })),
  ];
}

export function rowId(row: DecidedRow): string {
  return row.kind === 'rule' ? `rule ${row.correction.id}` : `decision ${row.decision.id}`;
}

/** `responses like "NO [LIMIT] ..." are read as throttled` */
export function ruleText({ kind, sample, pattern }: Correction): string {
  return `after ${pattern.command ?? 'no command'} at the ${pattern.side}, responses like "${sample}" are read as ${kind}`;
}

/** The last decision that still stands. An order that took another one back does not count. Null: there is none. */
export function lastStanding(decisions: readonly DecisionEntity[]): DecisionEntity | null {
  const own = decisions.filter((one) => one.action.do !== 'undo' && one.outcome !== 'undone');
  return own.reduce<DecisionEntity | null>((last, one) => (last === null || one.id > last.id ? one : last), null);
}
