import type { MailboxRecord } from '../../../store/mailbox/mailbox.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { FolderPair } from '../map/folder-pair.js';

/** UIDs in a pair's destination folder that are copies from other source folders: they are not matched again. */
export async function ofSiblings(
  record: Pick<MailboxRecord, 'ledger'>,
  pair: FolderPair,
  pairs: readonly FolderPair[],
): Promise<UidSet> {
  const taken = new UidSet();
  for (const { source, destination } of pairs) {
    if (destination.wire !== pair.destination.wire || source.wire === pair.source.wire) continue;
    const sibling = await record.ledger({ source: source.name, destination: destination.name });
    taken.addAll(sibling.destinationsKnown());
  }
  return taken;
}
