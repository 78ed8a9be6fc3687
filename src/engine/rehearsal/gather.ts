import type { Batch } from '../../store/batch/batch.js';
import type { Workspace } from '../../store/batch/workspace.js';
import type { SpentFile } from '../../store/budgets/spent-file.js';
import { inParallel } from '../../store/documents/in-parallel.js';
import { BadInput } from '../../words/bad-input.js';
import { metersOf } from '../budget/metered-by.js';
import { Servers } from '../profiles/servers.js';
import { isBetweenSame, seenIn } from './former-nights.js';
import { paceOf } from './measure.js';
import { ASSUMED, type Pace } from './pace.js';
import type { SpentBefore } from './played/played-budgets.js';
import type { Seen } from './seen.js';

/** How many batches are looked at for their pace: the newest ones. */
const FORMER = 6;
const READ_AT_ONCE = 16;

/**
 * The amounts that were moved in the last day of each account and endpoint of the batch.
 *
 * @throws BadInput, DiskTrouble
 */
export async function spentBefore(batch: Batch, fileOf: (of: string) => SpentFile): Promise<SpentBefore> {
  const sources = { batch, servers: new Servers(batch) };
  const meters = new Set(batch.mailboxes.flatMap((row) => metersOf(sources, row).map(({ of }) => of)));
  const read = await inParallel([...meters], READ_AT_ONCE, async (of) => {
    const file = fileOf(of);
    const [own, others] = await Promise.all([file.own(), file.others()]);
    return [of, [...own, ...others]] as const;
  });
  return new Map(read);
}

/**
 * The pace of batches of this workspace between the same servers. If there is none, a pace is assumed.
 *
 * @throws DiskTrouble
 */
export async function formerPace(workspace: Workspace, batch: Batch): Promise<Pace> {
  const opened = await inParallel(await workspace.list(), READ_AT_ONCE, (name) =>
    unlessBad(() => workspace.open(name)),
  );
  const alike = opened
    .flatMap((store) => (store !== null && isBetweenSame(store.batch, batch) ? [store] : []))
    .sort((a, b) => b.batch.createdAt - a.batch.createdAt)
    .slice(0, FORMER);
  const seen: Seen[] = [];
  for (const store of alike) seen.push(...((await unlessBad(() => seenIn(store))) ?? []));
  return paceOf(seen) ?? ASSUMED;
}

/** Leaves out a batch whose files cannot be used: the others still tell their pace. */
async function unlessBad<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof BadInput) return null;
    throw error;
  }
}
