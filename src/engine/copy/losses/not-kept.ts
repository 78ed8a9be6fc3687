import { UidSet } from '../../../store/uid/uid-set.js';
import type { Finding } from '../../responses/finding.js';
import { cutShort } from '../findings.js';
import type { CopyContext } from '../job.js';
import {
  anotherStored,
  damaged,
  dropped,
  droppedAgain,
  filedElsewhere,
  keepsNewest,
  notStored,
} from './loss-findings.js';
import { type Losing, takeBack } from './take-back.js';

/**
 * `not stored`: the message was not there when the folder was read back. `dropped`: it was there then, and is gone now.
 */
export type Loss = 'not stored' | 'dropped';

const FINDINGS: Readonly<Record<Loss, Finding>> = { 'not stored': notStored, dropped };

/**
 * Takes back messages that the destination answered OK to and does not hold. Messages that it has lost before wait for
 * the operator, because they would be lost again at each run.
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

interface Entry {
  readonly folder: string | null;
  readonly uids: UidSet;
  readonly verdict: Finding['verdict'];
}

const ruleOf = ({ verdict }: Finding) => verdict.rule;
const LOST_FOR_GOOD: readonly string[] = [ruleOf(droppedAgain), ruleOf(keepsNewest(0))];
/** Rules of failures that are tried again by an operator's order only. */
const WAITING: readonly string[] = [
  ...LOST_FOR_GOOD,
  ruleOf(filedElsewhere('', '')),
  // Sent again, these would stand beside their first copies.
  ruleOf(anotherStored),
  ruleOf(damaged),
  ruleOf(cutShort(0, 0)),
];
/** Rules of messages that the destination answered OK to, and that are not where they were stored. */
const LOST: readonly string[] = [...LOST_FOR_GOOD, ruleOf(notStored), ruleOf(dropped)];

/** Messages of a source folder that are sent again by an operator's order only. Source UIDs. */
export const waitingForOrders = (entries: readonly Entry[], folder: string): UidSet => among(entries, folder, WAITING);

/** Messages of a source folder that the destination took and that nobody has found. Source UIDs. */
export const lostIn = (entries: readonly Entry[], folder: string): UidSet => among(entries, folder, LOST);

function among(entries: readonly Entry[], folder: string, rules: readonly string[]): UidSet {
  const all = new UidSet();
  for (const entry of entries)
    if (entry.folder === folder && rules.includes(entry.verdict.rule)) all.addAll(entry.uids);
  return all;
}
