import { createHash } from 'node:crypto';
import type { Look, Looks } from '../looks/looks.js';
import type { Batch, PlanRow } from './batch.js';
import { endpointOf } from './endpoints.js';
import { optionsOf } from './options-of.js';

/** Milliseconds for which the findings of a check count. */
const LASTS = 7 * 86_400_000;

/** Keeps a mailbox's size from a check, for a batch that is made of the same plan. */
export function keepInCensus(census: Looks, batch: Batch, row: PlanRow, look: Look): void {
  census.found(keyOf(batch, row), look);
}

/**
 * Hands the findings of a check to a batch that was just made.
 *
 * @param now  milliseconds since the epoch
 * @returns of how many mailboxes there are any that still count
 */
export function takeFromCensus(census: Looks, batch: Batch, looks: Looks, now: number): number {
  let taken = 0;
  for (const row of batch.mailboxes) {
    const look = lookInCensus(census, batch, row, now);
    if (look === null) continue;
    looks.found(row.id, look);
    taken++;
  }
  return taken;
}

/** The findings of a check about what a mailbox holds; null: nobody looked, or too long ago. @param now  milliseconds since the epoch */
export function lookInCensus(census: Pick<Looks, 'of'>, batch: Batch, row: PlanRow, now: number): Look | null {
  const look = census.of(keyOf(batch, row));
  return look === null || now - look.at > LASTS || look.at > now ? null : look;
}

/** A key of the account and of what of it is moved: with other folders or days the numbers are others. */
function keyOf(batch: Batch, row: PlanRow): string {
  const { host, port } = endpointOf(batch, 'source', row);
  const { include, exclude, includeShared, deleted, since, until, labels, userRoot } = optionsOf(batch.options, row);
  const what = [
    host,
    port,
    row.sourceUser,
    row.email,
    userRoot,
    include,
    exclude,
    includeShared,
    deleted,
    since,
    until,
    labels ?? 'first-folder',
  ];
  return createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32);
}
