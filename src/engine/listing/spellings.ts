import { folderStatus } from '../imap/commands/folders.js';
import type { FolderStatus } from '../imap/commands/status.js';
import { isSelectable } from '../imap/grammar/layout.js';
import { readFolderName } from '../imap/grammar/modified-utf7.js';
import { unlessRefused } from '../imap/session/refused.js';
import type { Session } from '../imap/session/session.js';
import type { NamedFolder } from './gather.js';
import { tellsStatus } from './list-everything.js';
import type { NameTrials, Tried } from './trials.js';

/**
 * Asks STATUS of every folder that has none yet. Where the server does not know a folder by the likeliest spelling
 * of its name, the others are tried.
 *
 * @param statuses  what is known, by wire name; what is learned is put in
 * @throws ConnectionLost
 */
export async function settleSpellings(
  session: Session,
  folders: readonly NamedFolder[],
  statuses: Map<string, FolderStatus>,
  trials: NameTrials,
): Promise<readonly NamedFolder[]> {
  const told = tellsStatus(session.capabilities);
  const ask = (names: readonly string[]) => askStatuses(session, names, statuses, trials);
  const isDue = (folder: NamedFolder) =>
    isSelectable(folder) && !(told && (folder.spelling === 'certain' || statuses.has(folder.wire)));
  const due = folders.filter(isDue);
  const first = await ask(due.map(({ wire }) => wire));
  const isKnown = (wire: string) => {
    const tried = first.get(wire);
    return tried?.kind === 'answered' && tried.answer;
  };
  const unknown = due.filter(({ wire, otherSpellings }) => otherSpellings.length > 0 && !isKnown(wire));
  if (unknown.length === 0) return folders;
  const others = await ask(unknown.flatMap(({ otherSpellings }) => otherSpellings));
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

/**
 * Asks STATUS of folders, in one flight, and puts in what is learned.
 *
 * @returns by wire name, whether the server knows the folder
 * @throws ConnectionLost
 */
export function askStatuses(
  session: Session,
  names: readonly string[],
  statuses: Map<string, FolderStatus>,
  trials: NameTrials,
): Promise<Map<string, Tried<boolean>>> {
  return trials.askAll(names, async (name) => {
    const status = await unlessRefused(folderStatus(session, name));
    if (status) statuses.set(name, status);
    return status !== null;
  });
}
