import type { Told } from '../../store/batch/notices.js';
import { SIDES } from '../../words/side.js';
import type { Decided } from './needs.js';
import type { News } from './notice.js';
import type { Standing } from './standing.js';

/** Addresses in one notice. */
const EXAMPLES = 5;

/** Tells that mailboxes rest for the allowance of a day, once of each side until the first of them may go on. */
export function decideBudgetSpent(told: Told['budgets'], { now, resting }: Standing): Decided<Told['budgets']> {
  const news: News[] = [];
  const next = { ...told };
  for (const side of SIDES) {
    const rests = resting.filter(({ because }) => because.side === side);
    const [first] = rests.toSorted((a, b) => a.until - b.until);
    if (first === undefined || (next[side] ?? 0) > now) continue;
    next[side] = first.until;
    const examples = rests.slice(0, EXAMPLES).map(({ email }) => email);
    const { until, because } = first;
    news.push({ event: 'budget-spent', side, mailboxes: rests.length, examples, until, because });
  }
  return { news, memory: next, lookAt: Number.POSITIVE_INFINITY };
}
