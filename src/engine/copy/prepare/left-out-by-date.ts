import { BY_DATES } from '../../../store/ledger/settlement.js';
import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import type { UidSet } from '../../../store/uid/uid-set.js';
import { type DayRange, showDayRange } from '../../../words/days.js';
import { skippedBy } from './skipped-by.js';

/** Source UIDs that are left out because of their date. */
export function leftOutByDate(ledger: Pick<UidLedger, 'skips'>): UidSet {
  return skippedBy(ledger, (by) => by === BY_DATES);
}

/** Marks messages as left out because their date lies outside of these days. */
export function leaveOutByDate(ledger: UidLedger, uids: UidSet, days: DayRange): void {
  if (!uids.isEmpty) ledger.skip(uids, BY_DATES, showDayRange(days));
}

/** Ends the marks that no longer apply: the plan may name other days than for the run that left the messages out. */
export function bringBackByDate(ledger: UidLedger, days: DayRange): void {
  const now = showDayRange(days);
  for (const { by, why, uids } of ledger.skips) if (by === BY_DATES && why !== now) ledger.unskip(uids);
}
