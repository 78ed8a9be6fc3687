import { UidSet } from '../../../store/uid/uid-set.js';
import type { CopyContext } from '../../copy/job.js';
import { FolderRefused } from '../../copy/transfer/append-ends.js';
import { Refused } from '../../imap/session/refused.js';

/**
 * Enters a failure that concerns one folder: it is not opened again in this pass, and the others go on.
 *
 * @param folder  of the source
 * @returns false for any other failure, which is not entered
 */
export function enterRefusal(context: CopyContext, error: unknown, folder: string): boolean {
  if (error instanceof FolderRefused) {
    const { command, line, verdict } = error;
    context.fail({
      side: 'destination',
      command,
      folder,
      uids: new UidSet(),
      response: line,
      verdict: { ...verdict, next: 'skip-folder' },
    });
    return true;
  }
  if (!(error instanceof Refused)) return false;
  const { side, command, line } = error;
  const verdict = context.judge(side, line, command);
  if (verdict.scope !== 'folder' && verdict.scope !== 'message' && verdict.kind !== 'folder') return false;
  context.fail({
    side,
    command,
    folder,
    uids: new UidSet(),
    response: line,
    // Whatever would be done with another kind of trouble.
    verdict: { ...verdict, next: 'skip-folder' },
  });
  return true;
}
