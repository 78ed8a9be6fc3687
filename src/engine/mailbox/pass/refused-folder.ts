import type { Failure } from '../../../store/errors/failure.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { CopyContext } from '../../copy/job.js';
import { FolderRefused } from '../../copy/transfer/append-ends.js';
import { Refused } from '../../imap/session/refused.js';

/**
 * Enters a failure that concerns one folder. The folder is not opened again in this pass, and the others go on.
 *
 * @param folder  of the source
 * @returns false for any other failure, which is not entered
 */
export function enterRefusal(context: CopyContext, error: unknown, folder: string): boolean {
  const refusal = refusalOf(context, error);
  if (refusal === null) return false;
  const { verdict } = refusal;
  // The verdict is reduced to this folder, whatever its kind would mean for the mailbox.
  context.fail({ ...refusal, folder, uids: new UidSet(), verdict: { ...verdict, next: 'skip-folder' } });
  return true;
}

/** @returns null: it is no refusal of a folder */
function refusalOf(
  context: CopyContext,
  error: unknown,
): Pick<Failure, 'side' | 'command' | 'response' | 'verdict'> | null {
  if (error instanceof FolderRefused) {
    const { command, line, verdict } = error;
    return { side: 'destination', command, response: line, verdict };
  }
  if (!(error instanceof Refused)) return null;
  const { side, command, line } = error;
  const verdict = context.judge(side, line, command);
  const isOfFolder = verdict.scope === 'folder' || verdict.scope === 'message' || verdict.kind === 'folder';
  return isOfFolder ? { side, command, response: line, verdict } : null;
}
