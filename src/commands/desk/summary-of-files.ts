import type { BatchStore } from '../../store/batch/batch-store.js';
import { asTyped } from '../output/as-typed.js';
import { summaryTable } from '../output/summary.js';
import type { Environment, Stdout, Timing } from '../process/io.js';
import { readBatchFiles } from './batch-files.js';
import { statusOfFiles } from './files-status.js';

/** Sums up a batch at rest, a line a mailbox. */
export async function summaryOfFiles(store: BatchStore, io: Stdout & Environment & Timing): Promise<string> {
  const { batch, mailboxes } = statusOfFiles(store.batch, await readBatchFiles(store), io.clock.now());
  return summaryTable(mailboxes, batch, { typed: asTyped(store, io), width: io.out.width }).join('\n');
}
