import type { PlanRow } from '../../store/batch/batch.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { Selected } from '../decisions/selection.js';
import { type OpenSource, overSource } from '../login/source-session.js';
import { MessageNotHad } from '../look/look-at-message.js';
import { type MessageHeader, readHeaders } from '../look/read-headers.js';
import { readFailure } from '../mailbox/read-failure.js';
import { EXPORT_COLUMNS, type ExportRow, exportRows } from './export-rows.js';

/** A failed message with the fields by which its owner knows it. A field is empty where the source did not give it. */
export type HeaderedRow = ExportRow & { readonly [K in keyof MessageHeader]: MessageHeader[K] | null };

export const HEADERED_COLUMNS = [
  ...EXPORT_COLUMNS,
  'from',
  'subject',
  'date',
  'size',
  'messageId',
] as const satisfies readonly (keyof HeaderedRow)[];

const NO_HEADER = { from: null, subject: null, date: null, size: null, messageId: null };

/** The failures of one mailbox whose messages are read. */
export interface FailedMailbox {
  readonly row: PlanRow;
  readonly selected: readonly Selected[];
  /** UIDVALIDITY of a source folder when it was last opened; null: not known. */
  uidValidity(folder: string): string | null;
  /** Why the source is not asked about it; null: it is. */
  readonly refused: string | null;
}

export interface HeaderReading {
  readonly open: OpenSource;
  /** Drops what is under way. */
  readonly drop: AbortSignal;
  /** Called with a sentence for each mailbox or folder that could not be read. */
  readonly note: (text: string) => unknown;
  /** How many headers of a folder were asked for. */
  readonly onRead: (at: { readonly mailbox: string; readonly folder: string }, asked: number, all: number) => void;
}

/**
 * Rows of failed messages with their headers, read from the source over one connection a mailbox. A mailbox that cannot
 * be read has rows without them, and a note.
 */
export async function rowsWithHeaders(
  mailboxes: Iterable<FailedMailbox>,
  reading: HeaderReading,
): Promise<readonly HeaderedRow[]> {
  const rows: HeaderedRow[] = [];
  for (const mailbox of mailboxes) {
    const found = await headersOf(mailbox, reading);
    // The rows of one mailbox, in the order of its failures: what each folder gave is looked up by UID.
    for (const one of mailbox.selected)
      for (const failed of exportRows([one])) {
        const header = failed.uid === null ? undefined : found.get(one.entry.folder ?? '')?.get(failed.uid);
        rows.push({ ...failed, ...(header ?? NO_HEADER) });
      }
  }
  return rows;
}

/** The selection by mailbox, in the order of the plan. */
export function byMailbox(
  rows: readonly PlanRow[],
  selected: Iterable<Selected>,
): readonly (readonly [PlanRow, readonly Selected[]])[] {
  const of = new Map<string, Selected[]>();
  for (const one of selected) {
    const own = of.get(one.email);
    if (own) own.push(one);
    else of.set(one.email, [one]);
  }
  return rows.flatMap((row) => {
    const own = of.get(row.email);
    return own === undefined ? [] : [[row, own] as const];
  });
}

type Found = Map<string, ReadonlyMap<number, MessageHeader>>;

async function headersOf(
  { row, selected, uidValidity, refused }: FailedMailbox,
  { open, drop, note, onRead }: HeaderReading,
): Promise<Found> {
  const found: Found = new Map();
  const wanted = new Map<string, UidSet>();
  for (const { entry, uids } of selected)
    if (entry.folder !== null && !uids.isEmpty)
      wanted.set(entry.folder, (wanted.get(entry.folder) ?? new UidSet()).union(uids));
  if (wanted.size === 0) return found;
  if (refused !== null) {
    await note(`${row.email}: ${refused}`);
    return found;
  }
  try {
    await overSource(open, row, drop, async (session) => {
      for (const [folder, uids] of wanted) {
        const at = { folder, uids, uidValidity: uidValidity(folder) };
        const progress = (asked: number) => onRead({ mailbox: row.email, folder }, asked, uids.size);
        await readHeaders(session, at, progress).then(
          (headers) => found.set(folder, headers),
          (error: unknown) => note(`${row.email} ${folder}: ${whyNot(error)}`),
        );
      }
    });
  } catch (error) {
    await note(`the headers of ${row.email} could not be read: ${whyNot(error)}`);
  }
  return found;
}

/** @throws what is no failure of a server or a connection: a bug */
function whyNot(error: unknown): string {
  if (error instanceof MessageNotHad) return error.message;
  const failure = readFailure(error);
  if (!failure) throw error;
  return `${failure.command}: ${failure.response}`;
}
