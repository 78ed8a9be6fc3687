import type { UidLedger } from '../../store/ledger/uid-ledger.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { FolderSkip } from './standing.js';

/** The author of a skip in the UID ledger when a decision skips. */
const byDecision = (id: number) => `decision ${id}`;
const IS_DECISION = /^decision \d+$/;

/**
 * Brings a UID ledger to what operators left out: decisions are right, whatever it said before.
 *
 * @param open  what stands open in the error ledger: of what comes back it has failed still
 */
export function followSkips(ledger: UidLedger, skips: readonly FolderSkip[], open: UidSet): void {
  const skipped = new UidSet();
  for (const { uids } of skips) skipped.addAll(uids);
  for (const { by, uids } of ledger.skips) {
    const back = IS_DECISION.test(by) ? uids.minus(skipped) : new UidSet();
    if (back.isEmpty) continue;
    ledger.unskip(back);
    ledger.fail(back.intersect(open));
  }
  for (const { decision, why, uids } of skips) ledger.skip(uids, byDecision(decision), why);
}
