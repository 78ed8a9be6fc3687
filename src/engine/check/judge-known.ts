import type { Batch } from '../../store/batch/batch.js';
import {
  type EndpointKey,
  type Endpoints,
  endpointAt,
  endpointKey,
  endpointKeys,
} from '../../store/batch/endpoints.js';
import { SIDES, type Side } from '../../words/side.js';
import { budgetsOf } from '../profiles/profile.js';
import { type Census, sumOfCensus } from './census.js';
import { type Finding, finding } from './finding.js';

/** Findings by the profiles of the servers: mail that one may hide, and days that another takes. */
export function judgeKnown(
  censuses: readonly Census[],
  batch: Endpoints & Pick<Batch, 'mailboxes'>,
): readonly Finding[] {
  const rows = new Map(batch.mailboxes.map((row) => [row.email, row]));
  const at = (side: Side, key: EndpointKey) =>
    censuses.filter(({ mailbox }) => endpointKey(side, rows.get(mailbox) ?? { at: null }) === key);
  const hidden = endpointKeys(batch, 'source').flatMap(
    (key) => at('source', key)[0]?.known.source.facts.filter(({ about }) => about === 'hidden mail') ?? [],
  );
  return [
    ...hidden.map(({ text }) => finding('mail-hidden', 'source', { told: text })),
    ...SIDES.flatMap((side) =>
      endpointKeys(batch, side).flatMap((key) => judgeBudgets(at(side, key), side, endpointAt(batch, side, key))),
    ),
  ];
}

/** Mailboxes, and whole batches, that are more than a day's allowance. */
function judgeBudgets(censuses: readonly Census[], side: Side, { limits }: Batch['source']): readonly Finding[] {
  const [first] = censuses;
  if (first === undefined) return [];
  const sums = censuses.map((census) => ({ census, ...sumOfCensus(census) }));
  return budgetsOf(limits, first.known[side], side).flatMap(({ of, unit, most }) => {
    if (of === 'endpoint') {
      const all = sums.reduce((sum, one) => sum + one[unit], 0);
      return all > most ? [finding('more-than-a-day', side, { [unit]: all, limit: most })] : [];
    }
    return sums
      .filter((one) => one[unit] > most)
      .map((one) => finding('more-than-a-day', side, { mailbox: one.census.mailbox, [unit]: one[unit], limit: most }));
  });
}
