import { A_BUG, exitCodeOf } from '../../protocol/exit-code.js';
import type { Decided } from './needs.js';
import type { EndedVerdict, News } from './notice.js';
import type { Standing } from './standing.js';

/** Milliseconds in which nothing is under way before the work counts as done: an order may begin more of it at once. */
const SETTLES = 10_000;

/** Whether this engine had work since its end was last told, and since when it has none. */
export interface Work {
  readonly had: boolean;
  readonly restsSince: number | null;
}

export const NO_WORK: Work = { had: false, restsSince: null };

/**
 * Tells the end: when the engine ends, or when nothing is left but what needs the operator. A console keeps the engine,
 * and nobody may sit before it. An engine that had no work has nothing to tell.
 */
export function decideEnding({ had, restsSince }: Work, standing: Standing): Decided<Work> {
  const { moment, exitCode, batch } = standing;
  const never = Number.POSITIVE_INFINITY;
  const hasHad = had || standing.isUnderWay;
  if (!hasHad) return { news: [], memory: NO_WORK, lookAt: never };
  if (exitCode !== null) return { news: [ended(standing, exitCode)], memory: NO_WORK, lookAt: never };
  if (standing.isUnderWay) return { news: [], memory: { had: true, restsSince: null }, lookAt: never };
  const since = restsSince ?? moment;
  if (moment - since < SETTLES) return { news: [], memory: { had: true, restsSince: since }, lookAt: since + SETTLES };
  return { news: [ended(standing, exitCodeOf(batch))], memory: NO_WORK, lookAt: never };
}

function ended({ batch }: Standing, exitCode: number): News {
  const { startedAt, mailboxes, counts, errors, needs } = batch;
  return { event: 'ended', verdict: verdictOf(exitCode), exitCode, startedAt, mailboxes, counts, errors, needs };
}

function verdictOf(exitCode: number): EndedVerdict {
  if (exitCode === 0) return 'all-settled';
  if (exitCode === A_BUG) return 'bug';
  return exitCode === 4 ? 'stopped' : 'errors-open';
}
