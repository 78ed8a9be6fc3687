import type { UidSet } from '../../../store/uid/uid-set.js';
import type { Desk } from '../../imap/commands/desk.js';
import { fetchUids } from '../../imap/commands/scan.js';
import { setsAround } from '../../imap/commands/uid-windows.js';

/**
 * Asks by UID for messages that a list of the folder left out. A list may lose a row, and a message that is sent
 * again for that is doubled. A message counts as absent only if it is asked for by UID and not given.
 *
 * @param uids  of this folder
 * @returns those of them that are not there
 * @throws Refused where the server refuses to answer: then nothing is known
 */
export async function confirmAbsent(desk: Desk, folder: string, uids: UidSet): Promise<UidSet> {
  if (uids.isEmpty) return uids;
  // The folder is opened again: a view of it from before the last APPEND may lack messages.
  desk.reopen(folder).catch(() => {});
  const sets = setsAround(uids);
  const found = await Promise.all(sets.map((set) => fetchUids(desk, folder, set)));
  return found.reduce((absent, there) => absent.minus(there), uids);
}
