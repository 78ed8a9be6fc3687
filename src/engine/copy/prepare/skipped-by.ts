import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { UidSet } from '../../../store/uid/uid-set.js';

/** Source UIDs that were left out by the authors that pass the test. */
export function skippedBy(ledger: Pick<UidLedger, 'skips'>, isMeant: (by: string) => boolean): UidSet {
  const skipped = new UidSet();
  for (const { by, uids } of ledger.skips) if (isMeant(by)) skipped.addAll(uids);
  return skipped;
}
