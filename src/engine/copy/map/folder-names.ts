import { isInbox, type ListedFolder } from '../../imap/grammar/layout.js';

/** Where a folder lies in the personal namespace, whatever the server's prefix and delimiter. */
export interface FolderPath {
  /** Whether the path is INBOX itself (no parts), or a folder below it. */
  readonly inbox: boolean;
  readonly parts: readonly string[];
}

/** A folder and where it lies. */
export interface Located {
  readonly folder: ListedFolder;
  readonly path: FolderPath;
}

/** How a server writes paths. */
export interface Notation {
  readonly prefix: string;
  readonly delimiter: string | null;
}

/** Operators write `/`, whatever the servers do. */
export const OPERATORS_NOTATION: Notation = { prefix: '', delimiter: '/' };

/** Stands for a character that the destination's names cannot have. A warning tells each use. */
const STAND_IN = '_';

/** Reads a decoded name. Total: any text is some path. */
export function readPath(name: string, { prefix, delimiter }: Notation): FolderPath {
  if (isInbox(name)) return { inbox: true, parts: [] };
  const local = withoutPrefix(name, prefix);
  const parts = local === null ? split(name, delimiter) : split(local, delimiter);
  if (local === null && isInbox(parts[0] ?? '')) return { inbox: true, parts: parts.slice(1) };
  return { inbox: false, parts };
}

/**
 * Writes a path in a server's notation.
 *
 * @returns the decoded name, and `exact: false` where something had to be replaced: a part that holds the
 *   delimiter (never split in two silently), an empty part, depth on a server without any.
 */
export function writePath(path: FolderPath, { prefix, delimiter }: Notation): { name: string; exact: boolean } {
  if (path.inbox && path.parts.length === 0) return { name: 'INBOX', exact: true };
  const parts = path.parts.map((part) => writable(part, delimiter));
  const exact = parts.every((part, at) => part === path.parts[at]);
  // Below a prefix `INBOX.` everything is below INBOX already: `INBOX/Foo` is `INBOX.Foo` there.
  const inInbox = path.inbox && !/^inbox./i.test(prefix);
  const levels = inInbox ? ['INBOX', ...parts] : parts;
  const root = inInbox ? '' : prefix;
  if (delimiter === null) return { name: root + levels.join(STAND_IN), exact: exact && levels.length === 1 };
  return { name: root + levels.join(delimiter), exact };
}

/** The names of all folders above, outermost first; those that make up the prefix are the server's own. */
export function parentsOf(path: FolderPath, notation: Notation): string[] {
  if (notation.delimiter === null) return [];
  return path.parts.slice(1).map((_, at) => writePath({ ...path, parts: path.parts.slice(0, at + 1) }, notation).name);
}

/** The levels of `path` below `root`: empty for the root itself, null where `path` lies elsewhere. */
export function below(path: FolderPath, root: FolderPath): readonly string[] | null {
  const inside = path.inbox === root.inbox && root.parts.every((part, at) => part === path.parts[at]);
  return inside ? path.parts.slice(root.parts.length) : null;
}

export function child(root: FolderPath, parts: readonly string[]): FolderPath {
  return { inbox: root.inbox, parts: [...root.parts, ...parts] };
}

/** As operators write and read it. */
export function display(path: FolderPath): string {
  return [...(path.inbox ? ['INBOX'] : []), ...path.parts].join('/');
}

function withoutPrefix(name: string, prefix: string): string | null {
  if (prefix === '' || name.length <= prefix.length) return null;
  const head = name.slice(0, prefix.length);
  const same = /^inbox/i.test(prefix) ? head.toUpperCase() === prefix.toUpperCase() : head === prefix;
  return same ? name.slice(prefix.length) : null;
}

/** A delimiter at the end is no level of its own: some servers list parents as `Archive/`. */
function split(name: string, delimiter: string | null): string[] {
  if (delimiter === null || delimiter === '') return [name];
  const parts = name.split(delimiter);
  return parts.length > 1 && parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}

function writable(part: string, delimiter: string | null): string {
  if (part === '') return STAND_IN;
  return delimiter === null ? part : part.replaceAll(delimiter, STAND_IN);
}
