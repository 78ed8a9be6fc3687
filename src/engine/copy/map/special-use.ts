import { hasAttribute, isInbox, isSelectable, type ListedFolder } from '../../imap/grammar/layout.js';
import type { FolderPath, Located } from './folder-names.js';
import { comparable, namesIn, WELL_KNOWN } from './well-known-names.js';

/**
 * The role of a folder (RFC 6154 section 2). `\All` and `\Flagged` are not among them: they are views of
 * mail that lies elsewhere, and mail appended to a view goes nowhere sensible.
 */
export const ROLES = Object.keys(WELL_KNOWN) as readonly Role[];
export type Role = keyof typeof WELL_KNOWN;

/** The folder that plays a role on a side, and how it is known. */
export interface Holder {
  readonly at: Located;
  readonly by: 'attribute' | 'well-known name';
}

/** As XLIST, the forerunner of RFC 6154, called them. */
const OLD_ATTRIBUTES: Readonly<Record<string, Role>> = { '\\spam': '\\Junk', '\\bin': '\\Trash' };

const VIEWS = new Set(['\\all', '\\flagged', '\\important', '\\allmail', '\\starred']);

const NAMES = new Map(ROLES.flatMap((role) => [...namesIn(WELL_KNOWN[role])].map((name) => [name, role] as const)));

/** The role an attribute gives, or null. */
export function roleByAttribute(folder: ListedFolder): Role | null {
  for (const attribute of folder.attributes.map((sent) => sent.toLowerCase())) {
    const role = ROLES.find((known) => known.toLowerCase() === attribute) ?? OLD_ATTRIBUTES[attribute];
    if (role !== undefined) return role;
  }
  return null;
}

/** The role a name alone gives, in any of the languages known. */
export function roleByName(name: string): Role | null {
  return NAMES.get(comparable(name)) ?? null;
}

/** Whether a folder holds every message of the account; at Gmail, every message outside of Spam and Trash. */
export const isAllMail = (folder: Pick<ListedFolder, 'attributes'>): boolean =>
  hasAttribute(folder, '\\All', '\\AllMail');

/** A virtual folder that shows the messages of others: Gmail's All Mail, Starred, Important. */
export function isView(folder: ListedFolder): boolean {
  return folder.attributes.some((attribute) => VIEWS.has(attribute.toLowerCase()));
}

/**
 * Finds the folder for each role among the folders of one mailbox. An attribute decides; without one, a well-known name
 * does, but only at top level and only where a single folder bears such a name.
 *
 * @param isTaken  whether a folder is there for something else, so that its name alone gives it no role
 */
export function roleHolders(
  folders: readonly Located[],
  isTaken: (folder: ListedFolder) => boolean = () => false,
): ReadonlyMap<Role, Holder> {
  const able = folders.filter(({ folder }) => isSelectable(folder) && !isView(folder) && !isInbox(folder.name));
  const holders = new Map<Role, Holder>();
  for (const role of ROLES) {
    const marked = able.filter(({ folder }) => roleByAttribute(folder) === role);
    const named = able.filter(
      ({ folder, path }) => roleByAttribute(folder) === null && roleAtTop(path) === role && !isTaken(folder),
    );
    const at = marked.length > 0 ? foremost(marked) : named.length === 1 ? named[0] : undefined;
    if (at !== undefined) holders.set(role, { at, by: marked.length > 0 ? 'attribute' : 'well-known name' });
  }
  return holders;
}

function roleAtTop({ inbox, parts: [name, ...deeper] }: FolderPath): Role | null {
  return !inbox && name !== undefined && deeper.length === 0 ? roleByName(name) : null;
}

/** Of several with one attribute: the well-known name first, then by name, so that each run picks the same. */
function foremost(marked: readonly Located[]): Located | undefined {
  const rank = ({ path }: Located) => (roleAtTop(path) === null ? 1 : 0);
  return [...marked].sort((a, b) => rank(a) - rank(b) || (a.folder.name < b.folder.name ? -1 : 1))[0];
}
