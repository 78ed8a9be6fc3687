import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { scanMessages } from '../../imap/commands/scan.js';
import { setsAround } from '../../imap/commands/uid-windows.js';
import type { NamedRow } from '../../imap/grammar/row-merger.js';
import type { CopyContext } from '../job.js';
import { scanFrom, scanWhole, type Unread, unknownAmong } from '../scan/scan-destination.js';
import { IdTable } from './id-table.js';
import { glimpseOf } from './settle-tail.js';

export interface BulkMatch {
  readonly matched: number;
  /** Destination UIDs that were not matched: their content has to be compared. */
  readonly left: UidSet;
  /** The highest UID that was seen there; 0: the folder showed none. */
  readonly highest: number;
  /** Number of messages that the folder counts and that could not be read: ours may be among them. */
  readonly unread: number;
  /** UIDs of messages that were there before us and that could not be read. */
  readonly hidden: UidSet;
}

/**
 * Matches mail that was at the destination before us, and mail whose OK named no UID. Two messages match if they
 * share Message-ID, size and date, and no other message on either side does. Half a million messages pass through
 * without being kept in memory.
 *
 * @param folders    wire names; `name` is the source folder's name in entries of the error ledger
 * @param from       destination UID to begin at
 * @param candidates source UIDs that may be there
 */
export async function matchInBulk(
  context: CopyContext,
  folders: { readonly source: string; readonly destination: string; readonly name: string },
  ledger: UidLedger,
  from: number,
  notOurs: UidSet,
  candidates: UidSet,
): Promise<BulkMatch> {
  const table = new IdTable();
  const left = new UidSet();
  const known = ledger.destinationsKnown().union(notOurs);
  let highest = 0;
  const { read } = context.connections.destination;
  const { scan } = context.connections.source;
  const items = 'sizes, dates, flags and ids';
  const take = (row: NamedRow) => {
    highest = Math.max(highest, row.uid);
    if (known.has(row.uid)) return;
    left.add(row.uid);
    table.addThere(glimpseOf(row));
  };
  const unread: Unread =
    from > 1
      ? { named: (await scanFrom(read, folders.destination, from, items, take)).unread, unnamed: 0 }
      : await scanWhole(context, folders, items, take);
  const hidden = { unread: unknownAmong(unread, known), hidden: unread.named.minus(known) };
  if (left.isEmpty || candidates.isEmpty) return { matched: 0, left, highest, ...hidden };
  const scans = setsAround(candidates).map((set) =>
    scanMessages(scan, folders.source, set, items, (row) => {
      if (candidates.has(row.uid)) table.addMine(glimpseOf(row));
    }),
  );
  await Promise.all(scans);
  const pairs = [...table.pairs()].sort(([a], [b]) => a - b);
  ledger.settle(
    pairs.map(([source]) => source),
    pairs.map(([, destination]) => destination),
  );
  left.deleteAll(UidSet.from(pairs.map(([, destination]) => destination)));
  return { matched: pairs.length, left, highest, ...hidden };
}
