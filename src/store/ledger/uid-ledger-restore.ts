import { UidSet } from '../uid/uid-set.js';
import { readCarried } from './carried.js';
import { readKeeping } from './keeping.js';
import { Settlement } from './settlement.js';
import type { LedgerSnapshot } from './uid-ledger-files.js';
import { LedgerParts } from './uid-ledger-parts.js';

/** Restores the state of each message from a ledger's files. */
export function restoreLedger({ document, sealed }: LedgerSnapshot): { settlement: Settlement; parts: LedgerParts } {
  const settlement = new Settlement();
  const parts = new LedgerParts(document.id, UidSet.parse(document.shards), document.nextShard);
  for (const shard of sealed) {
    settlement.restore(shard.pairs);
    parts.restored(settlement, shard);
  }
  settlement.restore(document.pairs);
  // The order is that of strength: a message whose UID was learned later is still in a sealed `unknown`.
  for (const { unknown } of [...sealed, document]) settlement.take(UidSet.parse(unknown));
  for (const { by, why, uids } of document.skipped) settlement.skip(UidSet.parse(uids), by, why);
  for (const carried of readCarried(document.labels)) settlement.carry(carried);
  for (const { vanished } of [...sealed, document]) settlement.vanish(UidSet.parse(vanished));
  const { unproven, lost } = readKeeping(document.keeping);
  settlement.unproven.addAll(unproven);
  settlement.lost.addAll(lost);
  return { settlement, parts };
}
