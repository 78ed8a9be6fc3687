import type { Counts } from '../../../protocol/entities.js';
import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import type { UidSet } from '../../../store/uid/uid-set.js';

/** The end of a folder in one line. A refusal on behalf of the whole mailbox breaks its other folders off. */
export function folderEnd({ copied, matched, outside, failed, vanished, left }: Counts): string {
  const told = [
    `${copied} copied`,
    ...(matched ? [`${matched} there before`] : []),
    ...(outside ? [`${outside} left out by date`] : []),
    ...(failed ? [`${failed} failed`] : []),
    ...(vanished ? [`${vanished} vanished`] : []),
    ...(left ? [`${left} left`] : []),
  ];
  return `${left ? 'broken off' : 'done'}: ${told.join(', ')}`;
}

/** Messages that are settled by being there, or gone, and not by being left out. */
export function takenOf(ledger: UidLedger): UidSet {
  const taken = ledger.settledSources();
  for (const { uids } of ledger.skips) taken.deleteAll(uids);
  return taken;
}
