import { type Asked, folderStatus } from '../../imap/commands/folders.js';
import { type FolderStatus, isTold, NOTHING_TOLD } from '../../imap/commands/status.js';
import { Refused } from '../../imap/session/refused.js';
import type { Connections } from '../transfer/connections.js';

/**
 * Asks for the counters of a destination folder: by STATUS, and by SELECT where STATUS is refused or leaves out an item
 * that a copy needs. If a missing item were read as 0, every message would be appended again.
 *
 * @throws Refused with the refusal of STATUS, or of SELECT where STATUS answered OK
 */
export async function destinationStatus(
  connections: Connections,
  folder: string,
  asked: Asked = 'first',
): Promise<FolderStatus> {
  if (connections.destination.statuses.isGivenUp(folder)) return bySelect(connections, folder, NOTHING_TOLD, null);
  const told = await statusOr(connections, folder, asked);
  return told instanceof Refused
    ? bySelect(connections, folder, NOTHING_TOLD, told)
    : completed(connections, folder, told);
}

/** Completes a STATUS by SELECT where it lacks an item.  @throws Refused of SELECT */
export async function completed(connections: Connections, folder: string, told: FolderStatus): Promise<FolderStatus> {
  return isTold(told) ? told : bySelect(connections, folder, told, null);
}

async function statusOr({ destination }: Connections, folder: string, asked: Asked): Promise<FolderStatus | Refused> {
  try {
    return await folderStatus(destination.session, folder, asked);
  } catch (error) {
    if (error instanceof Refused) return error;
    destination.statuses.failed(folder, error);
    throw error;
  }
}

async function bySelect(
  { destination }: Connections,
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
