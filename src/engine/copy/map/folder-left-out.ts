import type { WhyLeftOut } from '../../../words/left-out.js';
import { hasAttribute, isInbox, type ListedFolder, type SideLayout } from '../../imap/grammar/layout.js';
import type { FolderFilter } from './folder-filter.js';
import { below, display, type FolderPath, type Located, readPath } from './folder-names.js';
import { isAllMail, isView } from './special-use.js';
import { comparable } from './well-known-names.js';

export interface LeaveOutRules {
  readonly include: FolderFilter | null;
  readonly exclude: FolderFilter;
  readonly includeShared: boolean;
  /** The folder below which the mailbox lives, or null. */
  readonly root: FolderPath | null;
}

/** The path of a source folder in its mailbox: below the user root where there is one. Null: outside of it. */
export function pathInMailbox(folder: ListedFolder, layout: SideLayout, root: FolderPath | null): FolderPath | null {
  const whole = readPath(folder.name, {
    prefix: isForeign(folder, layout) ? '' : layout.prefix,
    delimiter: folder.delimiter,
  });
  if (root === null) return whole;
  const inside = below(whole, root);
  if (inside === null) return null;
  // An admin sees `user/ann` where ann sees INBOX, and `user/ann/Sent` where she sees Sent.
  const inbox = inside.length === 0 || isInbox(inside[0] ?? '');
  return { inbox, parts: inbox ? inside.slice(1) : inside };
}

/** Reads a plan's UserRoot: `/users/ann/`, in slashes or in the server's own delimiter. */
export function readRoot(text: string, layout: SideLayout): FolderPath | null {
  const slashes = layout.delimiter === null ? text : text.split(layout.delimiter).join('/');
  const trimmed = slashes.replace(/^\/+|\/+$/g, '');
  return trimmed === ''
    ? null
    : readPath(trimmed, { prefix: layout.prefix.split(layout.delimiter ?? '/').join('/'), delimiter: '/' });
}

/** Why a folder is not copied; null: it is. `\Noselect` parents are no matter of this. */
export function whyLeftOut({ folder, path }: Located, layout: SideLayout, rules: LeaveOutRules): WhyLeftOut | null {
  const names = namesOf(folder, path);
  if (rules.exclude(names)) return 'excluded';
  if (rules.include !== null) return rules.include(names) ? null : 'not included';
  if (layout.foldersAre === 'labels' && isView(folder) && !isAllMail(folder)) return 'view';
  if (rules.root === null && !rules.includeShared && isForeign(folder, layout)) return 'shared';
  return holdsNoMail(folder, path, layout) ? 'no mail' : null;
}

/**
 * Outside of the personal namespace. The longest prefix decides, and the personal one wins a tie: Cyrus
 * gives `INBOX.` as personal and the empty prefix as shared.
 */
export function isForeign(folder: ListedFolder, layout: SideLayout): boolean {
  if (isInbox(folder.name)) return false;
  const longest = (prefixes: readonly string[]) =>
    Math.max(-1, ...prefixes.filter((prefix) => isWithin(folder, prefix)).map((prefix) => prefix.length));
  return longest(layout.otherPrefixes) > longest([layout.prefix]);
}

/** Whether a folder is in a namespace. The prefix `Public/` covers the folder `Public` too, which is its root. */
function isWithin({ name, delimiter }: ListedFolder, prefix: string): boolean {
  return name.startsWith(prefix) || (delimiter !== null && prefix !== '' && name + delimiter === prefix);
}

/**
 * Whether a folder holds no mail, by an attribute, or by a name of the server's profile at top level with everything
 * below it. When in doubt, it holds mail.
 */
export function holdsNoMail(folder: ListedFolder, path: FolderPath, { known: { values } }: SideLayout): boolean {
  if (hasAttribute(folder, ...values.noMailAttributes)) return true;
  const [top] = path.parts;
  if (path.inbox || top === undefined || values.noMailNames.length === 0) return false;
  const name = comparable(top);
  return values.noMailNames.some((one) => comparable(one) === name);
}

/** A folder below a prefix is known by two names: `INBOX/Archive` as the server has it, `Archive` as its owner does. */
function namesOf(folder: ListedFolder, path: FolderPath): string[] {
  const listed = display(readPath(folder.name, { prefix: '', delimiter: folder.delimiter }));
  return [...new Set([display(path), listed])];
}
