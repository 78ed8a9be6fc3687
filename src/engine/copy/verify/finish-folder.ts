import type { CopyContext, FolderJob } from '../job.js';
import { enterUnread } from './enter-unread.js';
import { verifyFolder } from './verify-folder.js';

/** What a folder's end needs of whoever runs the pass. */
export interface Finishing {
  /** It is about to be read back. */
  readonly onVerifying: () => void;
  /** Puts what was entered of this folder on disk. */
  readonly saveFindings: () => Promise<void>;
}

/**
 * Everything of a folder is answered: it is read back, and the ledger says so on disk.
 *
 * What reading back found is on disk before the ledger calls it read: after a crash between the
 * two it is read again, where the other way round a double would never be heard of.
 */
export async function finishFolder(context: CopyContext, job: FolderJob, finishing: Finishing): Promise<void> {
  const { ledger } = job;
  if (job.todo.length > 0 || ledger.writing || !ledger.unknown.isEmpty || ledger.verifiedTo < ledger.floor) {
    finishing.onVerifying();
    const { compared, readWhole, findings, below } = await verifyFolder(context, job);
    context.log('debug', job.pair.source.name, `read back: ${compared} compared, ${readWhole} of them whole`);
    const unread = enterUnread(context, job);
    if (findings > 0 || !job.heldBack.isEmpty || !unread.isEmpty) await finishing.saveFindings();
    // What cannot be read now is read again by the next run.
    ledger.verified(Math.min(below, unread.first ?? below));
  }
  ledger.writing = false;
  ledger.highestModseq = job.opened.highestModseq;
  if (ledger.dirty) await ledger.checkpoint();
}
