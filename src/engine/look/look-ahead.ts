import { type MapOptions, mapFolders } from '../copy/map/folder-map.js';
import { isAllMail, roleByAttribute } from '../copy/map/special-use.js';
import { readSize } from '../imap/grammar/counters.js';
import { isSelectable, type ListedFolder, type SideLayout } from '../imap/grammar/layout.js';
import { astring } from '../imap/grammar/piece.js';
import type { Session } from '../imap/session/session.js';
import { listAccount } from '../listing/listing.js';

/** The size of a mailbox by the counters of its folders. */
export interface Counted {
  readonly messages: number;
  /** Null: the server tells no sizes (no STATUS=SIZE, RFC 8438). */
  readonly bytes: number | null;
}

const BESIDE_ALL_MAIL: readonly (string | null)[] = ['\\Junk', '\\Trash'];
const SIZE = /\(SIZE (\d+)\)$/i;

/**
 * Counts the folders that would be copied, in one flight (RFC 5819) or two. Nothing is opened.
 *
 * @throws Refused, ConnectionLost
 */
export async function countMailbox(session: Session, options: MapOptions): Promise<Counted> {
  const listing = await listAccount(session);
  // The choice of folders is a matter of the source: where they go is not asked.
  const { pairs } = mapFolders(listing, { ...listing, folders: [] }, options);
  const folders = eachOnce(
    listing,
    pairs.filter(({ selectable }) => selectable).map(({ source }) => source),
  );
  const messages = folders.reduce((sum, { wire }) => sum + (listing.statuses.get(wire)?.messages ?? 0), 0);
  return { messages, bytes: await bytesOf(session, folders.filter(isSelectable)) };
}

/** Folders of Gmail that together show each message once: All Mail, Spam and Trash. */
function eachOnce({ foldersAre }: SideLayout, folders: readonly ListedFolder[]): readonly ListedFolder[] {
  if (foldersAre === 'places' || !folders.some(isAllMail)) return folders;
  return folders.filter((folder) => isAllMail(folder) || BESIDE_ALL_MAIL.includes(roleByAttribute(folder)));
}

async function bytesOf({ wire, capabilities }: Session, folders: readonly ListedFolder[]): Promise<number | null> {
  if (!capabilities.has('STATUS=SIZE')) return null;
  let bytes = 0;
  const take = ({ text }: { readonly text: string }): boolean => {
    const size = SIZE.exec(text);
    if (size) bytes += readSize(size[1]) ?? 0;
    return size !== null;
  };
  const answers = await Promise.all(
    folders.map((folder) => wire.command('STATUS', ['STATUS ', astring(folder.wire), ' (SIZE)'], take)),
  );
  return answers.every(({ status }) => status === 'OK') ? bytes : null;
}
