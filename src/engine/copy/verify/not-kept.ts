import { UidSet } from '../../../store/uid/uid-set.js';
import type { Finding } from '../findings.js';
import type { CopyContext } from '../job.js';
import { dropped, droppedAgain, keepsNewest, notStored } from './loss-findings.js';
import { type Losing, takeBack } from './take-back.js';

/** `not stored`: not there when the folder was read back; `dropped`: there then, and gone later. */
export type Loss = 'not stored' | 'dropped';

const FINDINGS: Readonly<Record<Loss, Finding>> = { 'not stored': notStored, dropped };

/**
 * Takes messages back that the destination answered OK to and does not hold. Those that it has lost before wait for the
 * operator: sent once more they would be lost once more, at each run.
 *
 * @param lost  source UIDs; those that are not settled are left alone
 * @param how   or the reason, where it is known
 */
export function takeBackLost(context: Pick<CopyContext, 'fail'>, job: Losing, lost: UidSet, how: Loss | Finding): void {
  const settled = lost.intersect(job.ledger.settledSources());
  if (settled.isEmpty) return;
  if (typeof how === 'string') {
    const again = settled.intersect(job.ledger.lost);
    job.ledger.loses(settled);
    takeBack(context, job, settled.minus(again), FINDINGS[how]);
    takeBack(context, job, again, droppedAgain);
  } else takeBack(context, job, settled, how);
}

/** Rules of failures that nothing but an operator's order has tried again. */
const WAITING: readonly string[] = [droppedAgain.verdict.rule, keepsNewest(0).verdict.rule];

/** Messages of a source folder that are sent again by an operator's order only. Source UIDs. */
export function waitingForOrders(
  entries: readonly { readonly folder: string | null; readonly uids: UidSet; readonly verdict: Finding['verdict'] }[],
  folder: string,
): UidSet {
  const waiting = new UidSet();
  for (const entry of entries)
    if (entry.folder === folder && WAITING.includes(entry.verdict.rule)) waiting.addAll(entry.uids);
  return waiting;
}
