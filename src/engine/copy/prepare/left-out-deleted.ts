import type { DeletedMode } from '../../../store/batch/batch.js';
import { BY_ENGINE } from '../../../store/ledger/settlement.js';
import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import type { UidSet } from '../../../store/uid/uid-set.js';
import { skippedBy } from './skipped-by.js';

/** Source UIDs that `--deleted skip` left out. */
export function leftOutDeleted(ledger: Pick<UidLedger, 'skips'>): UidSet {
  return skippedBy(ledger, (by) => by === BY_ENGINE);
}

/**
 * Ends the marks of `--deleted skip` in a run that carries or strips `\Deleted`: it copies those messages. The option
 * counts for one run.
 */
export function bringBackDeleted(ledger: UidLedger, deleted: DeletedMode): void {
  if (deleted === 'skip') return;
  const back = leftOutDeleted(ledger);
  if (!back.isEmpty) ledger.unskip(back);
}
