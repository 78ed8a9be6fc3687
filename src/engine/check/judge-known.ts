import type { Batch } from '../../store/batch/batch.js';
import { SIDES } from '../../words/side.js';
import { budgetsOf } from '../profiles/profile.js';
import { type Census, sumOfCensus } from './census.js';
import { type Finding, finding } from './finding.js';

/** Findings by the profiles of both servers: mail that one may hide, and days that another takes. */
export function judgeKnown(
  censuses: readonly Census[],
  batch: Pick<Batch, 'source' | 'destination'>,
): readonly Finding[] {
  const [first] = censuses;
  if (first === undefined) return [];
  const hidden = first.known.source.facts.filter(({ about }) => about === 'hidden mail');
  return [
    ...hidden.map(({ text }) => finding('mail-hidden', 'source', { told: text })),
    ...SIDES.flatMap((side) => judgeBudgets(censuses, side, batch[side])),
  ];
}

/** Mailboxes, and whole batches, that are more than a day's allowance. */
function judgeBudgets(
  censuses: readonly Census[],
  side: (typeof SIDES)[number],
  { limits }: Batch['source'],
): readonly Finding[] {
  const sums = censuses.map((census) => ({ census, ...sumOfCensus(census) }));
  return budgetsOf(limits, censuses[0]!.known[side], side).flatMap(({ of, unit, most }) => {
    if (of === 'endpoint') {
      const all = sums.reduce((sum, one) => sum + one[unit], 0);
      return all > most ? [finding('more-than-a-day', side, { [unit]: all, limit: most })] : [];
    }
    return sums
      .filter((one) => one[unit] > most)
      .map((one) => finding('more-than-a-day', side, { mailbox: one.census.mailbox, [unit]: one[unit], limit: most }));
  });
}
