import { BadCommand } from '../grammar/bad-command.js';
import { folderName } from '../grammar/write.js';
import type { Session } from '../session/session.js';
import type { Folder } from '../store/folder.js';

const ITEMS: Readonly<Record<string, (folder: Folder) => number | string>> = {
  MESSAGES: (folder) => folder.messages.length,
  RECENT: (folder) => folder.messages.filter((message) => message.uid >= folder.firstRecentUid).length,
  UIDNEXT: (folder) => folder.uidNext,
  UIDVALIDITY: (folder) => folder.uidValidity,
  UNSEEN: (folder) => folder.messages.filter((message) => !message.flags.has('\\Seen')).length,
  HIGHESTMODSEQ: (folder) => (folder.traits.noModseq ? 0 : folder.highestModseq),
  SIZE: (folder) => folder.bytes,
  APPENDLIMIT: (folder) => folder.traits.appendLimit ?? 'NIL',
};

/** The items that STATUS can be asked for here (RFC 3501 section 6.3.10; RFC 7162, 7889, 8438). @throws BadCommand */
export function parseStatusItems(session: Session, names: readonly string[]): readonly string[] {
  const items = names.map((name) => name.toUpperCase());
  for (const item of items) {
    const off =
      (item === 'HIGHESTMODSEQ' && !session.has('CONDSTORE')) ||
      (item === 'APPENDLIMIT' && !session.has('APPENDLIMIT'));
    if (off || !Object.hasOwn(ITEMS, item)) throw new BadCommand(`Invalid status item ${item}`);
  }
  return items;
}

/** The untagged line. Servers without UIDNEXT leave it out. */
export function statusLine(session: Session, path: string, folder: Folder, items: readonly string[]): string {
  if (items.includes('HIGHESTMODSEQ')) session.condstore = true;
  const told = items.filter((item) => item !== 'UIDNEXT' || session.has('UIDNEXT'));
  return `* STATUS ${folderName(path)} (${told.map((item) => `${item} ${ITEMS[item]!(folder)}`).join(' ')})`;
}
