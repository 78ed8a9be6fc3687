import type { Selected } from '../../engine/decisions/selection.js';
import { connectTcp } from '../../engine/imap/connection/transport.js';
import { readTrust } from '../../engine/login/read-trust.js';
import { sourceOpener } from '../../engine/login/source-session.js';
import { byMailbox, type HeaderedRow, rowsWithHeaders } from '../../engine/triage/failed-headers.js';
import type { PlanRow } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { endpointOf } from '../../store/batch/endpoints.js';
import { showCount } from '../../words/units.js';
import { type AgainFlags, batchAgain, credentialsAgain } from '../input/credentials/credentials-again.js';
import { CredentialsFrom } from '../input/credentials/credentials-from.js';
import type { Environment, Prompts, Stderr, Timing } from '../process/io.js';
import { note } from '../process/note.js';
import type { BatchFiles } from './batch-files.js';

/**
 * Rows of failed messages with their headers, read from the source over one connection a mailbox. A mailbox that cannot
 * be read has rows without them, and a note on stderr; how far it is goes there, too.
 *
 * @throws BadInput  where a credential is missing
 */
export async function headeredRows(
  store: BatchStore,
  { records }: Pick<BatchFiles, 'records'>,
  selected: readonly Selected[],
  flags: AgainFlags,
  io: Stderr & Prompts & Environment & Timing,
): Promise<readonly HeaderedRow[]> {
  const batch = batchAgain(store, flags, io.cwd);
  const credentials = new CredentialsFrom(await credentialsAgain(batch, flags, 'refuse', io, ['source']), io);
  const trust = (row: PlanRow) => readTrust('source', endpointOf(batch, 'source', row));
  const open = sourceOpener({ batch, credentials, trust, connect: connectTcp, clock: io.clock });
  const say = (text: string) => note(text, io);
  const mailboxes = byMailbox(store.batch.mailboxes, selected).map(([row, own]) => {
    const validities = new Map(records.get(row.id)?.data.folders.map((one) => [one.source, one.uidValidity]) ?? []);
    return { row, selected: own, uidValidity: (folder: string) => validities.get(folder) ?? null, refused: null };
  });
  return rowsWithHeaders(mailboxes, {
    ...{ open, drop: new AbortController().signal, note: say },
    onRead: ({ mailbox, folder }, asked, all) =>
      void say(`${mailbox} ${folder}: ${showCount(asked)} of ${showCount(all)} headers read`),
  });
}
