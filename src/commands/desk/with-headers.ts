import { connectTcp } from '../../engine/imap/connection/transport.js';
import { readTrust } from '../../engine/login/read-trust.js';
import { type OpenSource, sourceOpener } from '../../engine/login/source-session.js';
import { MessageNotHad } from '../../engine/look/look-at-message.js';
import { type MessageHeader, readHeaders } from '../../engine/look/read-headers.js';
import { readFailure } from '../../engine/mailbox/pass-failure.js';
import { EXPORT_COLUMNS, type ExportRow, exportRows } from '../../engine/triage/export-rows.js';
import type { Selected } from '../../engine/triage/selection.js';
import type { PlanRow } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { showCount } from '../../words/units.js';
import { type AgainFlags, batchAgain, credentialsAgain } from '../input/credentials/credentials-again.js';
import { CredentialsFrom } from '../input/credentials/credentials-from.js';
import { harmless } from '../output/plain-text.js';
import type { Environment, Prompts, Stderr, Timing } from '../process/io.js';
import type { BatchFiles } from './batch-files.js';

/** A failed message with what its owner knows it by; empty where the source did not give it. */
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

/**
 * Rows of failed messages with their headers, read from the source over one connection a mailbox. A mailbox that cannot
 * be read has rows without them, and a note on stderr; how far it is goes there, too.
 *
 * @throws BadInput  where a credential is missing
 */
export async function rowsWithHeaders(
  store: BatchStore,
  { records }: Pick<BatchFiles, 'records'>,
  selected: readonly Selected[],
  flags: AgainFlags,
  io: Stderr & Prompts & Environment & Timing,
): Promise<readonly HeaderedRow[]> {
  const batch = batchAgain(store, flags, io.cwd);
  const credentials = new CredentialsFrom(await credentialsAgain(batch, flags, 'refuse', io, ['source']), io);
  const trust = () => readTrust('source', batch.source);
  const open = sourceOpener({ batch, credentials, trust, connect: connectTcp, clock: io.clock });
  const note = (text: string) => io.err.write(`note: ${harmless(text)}\n`).catch(() => undefined);
  const rows: HeaderedRow[] = [];
  for (const [row, of] of byMailbox(store.batch.mailboxes, selected)) {
    const validities = new Map(records.get(row.id)?.data.folders.map((one) => [one.source, one.uidValidity]) ?? []);
    const found = await headersOf(row, of, validities, open, note);
    // The rows of one mailbox, in the order of its failures: what each folder gave is looked up by UID.
    for (const one of of)
      for (const failed of exportRows([one])) {
        const header = failed.uid === null ? undefined : found.get(one.entry.folder ?? '')?.get(failed.uid);
        rows.push({ ...failed, ...(header ?? NO_HEADER) });
      }
  }
  return rows;
}

function byMailbox(
  rows: readonly PlanRow[],
  selected: readonly Selected[],
): readonly (readonly [PlanRow, Selected[]])[] {
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
  row: PlanRow,
  selected: readonly Selected[],
  validities: ReadonlyMap<string, string | null>,
  open: OpenSource,
  note: (text: string) => Promise<unknown>,
): Promise<Found> {
  const found: Found = new Map();
  const wanted = new Map<string, UidSet>();
  for (const { entry, uids } of selected)
    if (entry.folder !== null && !uids.isEmpty)
      wanted.set(entry.folder, (wanted.get(entry.folder) ?? new UidSet()).union(uids));
  if (wanted.size === 0) return found;
  const never = new AbortController().signal;
  try {
    const session = await open(row, never);
    try {
      for (const [folder, uids] of wanted) {
        const at = { folder, uids, uidValidity: validities.get(folder) ?? null };
        const progress = (asked: number) =>
          void note(`${row.email} ${folder}: ${showCount(asked)} of ${showCount(uids.size)} headers read`);
        await readHeaders(session, at, progress).then(
          (headers) => found.set(folder, headers),
          (error: unknown) => note(`${row.email} ${folder}: ${whyNot(error)}`),
        );
      }
    } finally {
      void session.wire.leave();
    }
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
