import { UidSet } from '../../../store/uid/uid-set.js';
import type { CopyContext, FolderJob } from '../job.js';
import { enterUnread } from './enter-unread.js';
import { verifyFolder } from './verify-folder.js';

/** Provided by the pass to finish a folder. */
export interface Finishing {
  /** The folder is about to be read back. */
  readonly onVerifying: () => void;
  /** Writes this folder's entries of the error ledger to disk. */
  readonly saveFindings: () => Promise<void>;
}

/**
 * Finishes a folder whose commands are all answered: reads it back, and writes that to the ledger.
 *
 * The findings are on disk before the ledger says that the folder was read back. After a crash between the two, the
 * folder is read again. In the other order, a second copy would never be reported.
 */
export async function finishFolder(context: CopyContext, job: FolderJob, finishing: Finishing): Promise<void> {
  const { ledger } = job;
  const isDue = job.todo.length > 0 || ledger.writing || !ledger.unknown.isEmpty || ledger.verifiedTo < ledger.floor;
  if (isDue || job.lastShown === 'in part') {
    finishing.onVerifying();
    const { compared, readWhole, findings, below } = await verifyFolder(context, job);
    context.log('debug', job.pair.source.name, `read back: ${compared} compared, ${readWhole} of them whole`);
    const unread = enterUnread(context, job);
    if (findings > 0 || !job.heldBack.isEmpty || !unread.isEmpty) await finishing.saveFindings();
    // Messages that cannot be read now are read again by the next run.
    ledger.verified(Math.min(below, unread.first ?? below));
    // Without a UID they are judged once, by what had come since the last reading back.
    ledger.proven(ledger.unknown);
  }
  ledger.writing = false;
  ledger.sending = new UidSet();
  ledger.highestModseq = job.opened.highestModseq;
  if (ledger.dirty) await ledger.checkpoint();
}
