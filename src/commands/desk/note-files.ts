import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Stderr } from '../process/io.js';
import { note } from '../process/note.js';
import type { BatchFiles } from './batch-files.js';

/** Prints the remarks about the files of a batch on stderr, a line each. */
export async function noteRemarks(store: BatchStore, io: Stderr): Promise<void> {
  for (const text of store.remarks) await note(text, io);
}

/** The same, and which mailboxes are missing in what is listed, because their documents cannot be read. */
export async function noteUnread(
  store: BatchStore,
  { records }: Pick<BatchFiles, 'records'>,
  io: Stderr,
): Promise<void> {
  await noteRemarks(store, io);
  for (const { id, email } of store.batch.mailboxes) {
    const unusable = records.get(id)?.unusable ?? null;
    if (unusable !== null) await note(`what failed in ${email} before is not known. ${unusable.message}`, io);
  }
}
