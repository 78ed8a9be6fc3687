import type { DecisionEntity } from '../../protocol/answers.js';
import type { Correction } from '../../words/correction.js';

/** A line of what was decided: an order, or what responses were said to mean. */
export type DecidedRow =
  | { readonly kind: 'decision'; readonly decision: DecisionEntity }
  | { readonly kind: 'rule'; readonly correction: Correction };

/** Rules first: they hold for all that comes. Then orders, as they come. */
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

/**
 * The one that was decided last, of those that still stand: what took another one back is none of its own.
 * Null: there is none.
 */
export function lastStanding(decisions: readonly DecisionEntity[]): DecisionEntity | null {
  const own = decisions.filter((one) => one.action.do !== 'undo' && one.outcome !== 'undone');
  return own.reduce<DecisionEntity | null>((last, one) => (last === null || one.id > last.id ? one : last), null);
}
