import { type Asked, folderStatus } from '../../imap/commands/folders.js';
import { type FolderStatus, isTold, NOTHING_TOLD } from '../../imap/commands/status.js';
import { LineLost } from '../../imap/connection/line-lost.js';
import { Refused } from '../../imap/session/refused.js';
import type { Lines } from '../transfer/lines.js';

/**
 * Asks for the counters of a destination folder: by STATUS, and by SELECT where STATUS is refused or leaves out an item
 * that a copy needs. If a missing item were read as 0, every message would be appended again.
 *
 * @throws Refused with the refusal of STATUS, or of SELECT where STATUS answered OK
 */
export async function destinationStatus(lines: Lines, folder: string, asked: Asked = 'first'): Promise<FolderStatus> {
  if (lines.destination.statuses.isGivenUp(folder)) return bySelect(lines, folder, NOTHING_TOLD, null);
  const told = await statusOr(lines, folder, asked);
  return told instanceof Refused ? bySelect(lines, folder, NOTHING_TOLD, told) : completed(lines, folder, told);
}

/** Completes a STATUS by SELECT where it lacks an item.  @throws Refused of SELECT */
export async function completed(lines: Lines, folder: string, told: FolderStatus): Promise<FolderStatus> {
  return isTold(told) ? told : bySelect(lines, folder, told, null);
}

async function statusOr({ destination }: Lines, folder: string, asked: Asked): Promise<FolderStatus | Refused> {
  try {
    return await folderStatus(destination.session, folder, asked);
  } catch (error) {
    if (error instanceof Refused) return error;
    if (error instanceof LineLost && error.loss.unanswered[0]?.folder === folder)
      destination.statuses.wasSilent(folder, error);
    throw error;
  }
}

async function bySelect(
  { destination }: Lines,
  folder: string,
  told: FolderStatus,
  refused: Refused | null,
): Promise<FolderStatus> {
  try {
    const opened = await destination.read.reopen(folder);
    return {
      messages: told.messages ?? opened.messages,
      uidNext: told.uidNext ?? opened.uidNext,
      uidValidity: told.uidValidity ?? opened.uidValidity,
      highestModseq: told.highestModseq ?? opened.highestModseq,
      appendLimit: told.appendLimit,
    };
  } catch (error) {
    if (error instanceof Refused && refused) throw refused;
    throw error;
  }
}
