import type { ErrorEntry } from '../../../store/errors/error-entry.js';
import { type Doubles, secondCopies } from '../../../store/ledger/doubles.js';
import type { MailboxRecord } from '../../../store/mailbox/mailbox.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { plural } from '../../../words/units.js';
import { stillThere } from '../../imap/commands/scan.js';
import { Refused } from '../../imap/session/refused.js';
import type { CopyContext } from '../job.js';
import type { FolderPair } from '../map/folder-pair.js';
import { ofSiblings } from '../prepare/of-siblings.js';
import { strangersFrom } from '../prepare/settle-tail.js';
import { enterPairs, secondCopiesAmong } from './find-doubles.js';

/**
 * Closes failures about second copies that somebody has removed since. If the folder was made anew, its old UIDs mean
 * nothing, and it is searched for second copies of the same messages. Asks nothing if there were none.
 *
 * @throws ConnectionLost, UidValidityChanged
 */
export async function lookAtDoubles(
  context: CopyContext,
  record: Pick<MailboxRecord, 'errors' | 'ledger'>,
  pairs: readonly FolderPair[],
): Promise<void> {
  const { read } = context.connections.destination;
  for (const entry of [...record.errors.entries]) {
    const { folder, doubles } = entry;
    const pair = doubles && pairs.find(({ source }) => source.name === folder);
    if (!pair) continue;
    try {
      const { uidValidity } = await read.open(pair.destination.wire);
      if (uidValidity === doubles.uidValidity) {
        const sought = secondCopies(doubles);
        const there = await stillThere(read, pair.destination.wire, sought.toString());
        record.errors.clearDoubles(pair.source.name, uidValidity, sought.minus(there));
      } else await lookAfresh(context, record, { pair, pairs, entry, doubles, uidValidity });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
}

interface Afresh {
  readonly pair: FolderPair;
  readonly pairs: readonly FolderPair[];
  readonly entry: ErrorEntry;
  readonly doubles: Doubles;
  /** UIDVALIDITY of the folder as it is now. */
  readonly uidValidity: string | null;
}

/** Replaces the second copies of a folder that is gone by those of the folder that took its place. */
async function lookAfresh(
  context: CopyContext,
  record: Pick<MailboxRecord, 'errors' | 'ledger'>,
  { pair, pairs, entry, doubles, uidValidity }: Afresh,
): Promise<void> {
  const { read } = context.connections.destination;
  const ledger = await record.ledger({ source: pair.source.name, destination: pair.destination.name });
  // Before this folder is matched, its first copies would be taken for second ones.
  if (uidValidity === null || ledger.identity.destination.uidValidity !== uidValidity) return;
  const there = await strangersFrom(read, pair.destination.wire, 1, ledger, await ofSiblings(record, pair, pairs));
  const sources = UidSet.from(doubles.byDestination.values()).intersect(ledger.settledSources());
  const folders = { source: pair.source.wire, destination: pair.destination.wire };
  const found = await secondCopiesAmong(context, folders, there, ledger.treated.repaired, sources);
  record.errors.close((one) => one === entry);
  if (found.length > 0) return enterPairs(context, pair.source.name, found, uidValidity);
  const before = plural(doubles.byDestination.size, 'second copy', 'second copies');
  context.log(
    'info',
    pair.source.name,
    `${before} at the destination were known by UIDs that are void: its folder was made anew, and nothing stands twice in it`,
  );
}
