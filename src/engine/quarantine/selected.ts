import type { PlanRow } from '../../store/batch/batch.js';
import { entryId } from '../../store/errors/error-entry.js';
import type { Doubles } from '../../store/ledger/doubles.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';

/** Second copies of one folder of one mailbox. */
export interface FolderOfDoubles {
  readonly row: PlanRow;
  readonly record: MailboxRecord;
  /** Id of the entry in the error ledger. */
  readonly entry: string;
  readonly source: string;
  /** The folder of the destination, by name. */
  readonly destination: string;
  readonly doubles: Doubles;
}

/** The chosen ones among them; empty: all. */
export interface Narrowed {
  /** Addresses, in any case. */
  readonly mailboxes: readonly string[];
  /** Source folders. */
  readonly folders: readonly string[];
}

/** Second copies in a batch that nobody has accepted, in the order of its mailboxes. */
export function selectDoubles(
  rows: readonly PlanRow[],
  records: ReadonlyMap<string, MailboxRecord>,
  { mailboxes, folders }: Narrowed,
): FolderOfDoubles[] {
  const wanted = new Set(mailboxes.map((email) => email.toLowerCase()));
  return rows.flatMap((row) => {
    const record = records.get(row.id);
    if (!record || record.unusable !== null || (wanted.size > 0 && !wanted.has(row.email.toLowerCase()))) return [];
    return record.errors.entries.flatMap((entry): FolderOfDoubles[] => {
      const { folder: source, doubles, accepted } = entry;
      if (!doubles || source === null || accepted || (folders.length > 0 && !folders.includes(source))) return [];
      const destination = record.data.folders.findLast((folder) => folder.source === source)?.destination;
      return destination === undefined ? [] : [{ row, record, entry: entryId(entry), source, destination, doubles }];
    });
  });
}
