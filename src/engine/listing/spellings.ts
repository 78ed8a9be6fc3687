import { folderStatus } from '../imap/commands/folders.js';
import type { FolderStatus } from '../imap/commands/status.js';
import { isSelectable } from '../imap/grammar/layout.js';
import { readFolderName } from '../imap/grammar/modified-utf7.js';
import { Refused } from '../imap/session/refused.js';
import type { Session } from '../imap/session/session.js';
import type { NamedFolder } from './gather.js';
import { tellsStatus } from './list-everything.js';
import type { NameTrials } from './trials.js';

/**
 * Asks STATUS of every folder that has none yet. Where the server does not know a folder by the likeliest spelling
 * of its name, the others are tried.
 *
 * @param statuses  what is known, by wire name; what is learned is put in
 * @throws LineLost
 */
export async function settleSpellings(
  session: Session,
  folders: readonly NamedFolder[],
  statuses: Map<string, FolderStatus>,
  trials: NameTrials,
): Promise<readonly NamedFolder[]> {
  const told = tellsStatus(session.capabilities);
  const ask = async (name: string) => {
    try {
      statuses.set(name, await folderStatus(session, name));
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  };
  const isDue = (folder: NamedFolder) =>
    isSelectable(folder) && !(told && (folder.spelling === 'certain' || statuses.has(folder.wire)));
  const due = folders.filter(isDue);
  const first = await trials.askAll(
    due.map(({ wire }) => wire),
    ask,
  );
  const isKnown = (wire: string) => {
    const tried = first.get(wire);
    return tried?.kind === 'answered' && tried.answer;
  };
  const unknown = due.filter(({ wire, otherSpellings }) => otherSpellings.length > 0 && !isKnown(wire));
  if (unknown.length === 0) return folders;
  const others = await trials.askAll(
    unknown.flatMap(({ otherSpellings }) => otherSpellings),
    ask,
  );
  const respelled = new Map<NamedFolder, NamedFolder>();
  for (const folder of unknown) {
    const wire = folder.otherSpellings.find((other) => {
      const tried = others.get(other);
      return tried?.kind === 'answered' && tried.answer;
    });
    if (wire !== undefined) respelled.set(folder, { ...folder, wire, name: readFolderName(wire, false) });
  }
  return folders.map((folder) => respelled.get(folder) ?? folder);
}
