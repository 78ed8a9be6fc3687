import type { Counts } from '../../../protocol/entities.js';
import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import type { UidSet } from '../../../store/uid/uid-set.js';

/** One line about the end of a folder. It is `broken off` where a refusal for the whole mailbox ended it early. */
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

/** Messages that are at the destination or gone from the source. Messages that were left out are not among them. */
export function takenOf(ledger: UidLedger): UidSet {
  const taken = ledger.settledSources();
  for (const { uids } of ledger.skips) taken.deleteAll(uids);
  return taken;
}
