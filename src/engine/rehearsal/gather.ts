import type { Batch } from '../../store/batch/batch.js';
import type { Workspace } from '../../store/batch/workspace.js';
import type { SpentFile } from '../../store/budgets/spent-file.js';
import { inParallel } from '../../store/documents/in-parallel.js';
import { BadInput } from '../../words/bad-input.js';
import { metersOf } from '../budget/metered-by.js';
import { Servers } from '../profiles/servers.js';
import { isBetweenSame, seenIn } from './former-nights.js';
import { paceOf, type Seen } from './measure.js';
import { ASSUMED, type Pace } from './pace.js';
import type { SpentBefore } from './played-budgets.js';

/** Batches that are looked at for how fast it goes: those that were made last. */
const FORMER = 6;
const READ_AT_ONCE = 16;

/** The amounts that were moved in the last day of all that the batch would move, by account and endpoint. @throws BadInput, DiskTrouble */
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

/** How fast batches of the workspace went between the same servers; where none did, what is assumed. @throws DiskTrouble */
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

/** A batch whose files cannot be used says nothing of the others. */
async function unlessBad<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof BadInput) return null;
    throw error;
  }
}
