import { hasAttribute, isInbox, isSelectable } from '../imap/grammar/layout.js';
import { encodeModifiedUtf7, readFolderName } from '../imap/grammar/modified-utf7.js';
import type { NamedFolder } from './gather.js';
import type { ListRow } from './list-row.js';
import type { Namespaces } from './namespaces.js';

/** A name that LIST omits or marks, and why it may be a folder all the same. */
export interface DoubtfulName {
  readonly wire: string;
  readonly delimiter: string | null;
  /**
   * `subscribed`: LSUB names it. `marked`: LIST says that it is no folder. `parent`: folders lie below it, or LSUB says
   * so. `past`: an earlier pass opened it. Where the server refuses to open it, a subscribed name is to be accounted
   * for, and the others are not.
   */
  readonly why: 'subscribed' | 'marked' | 'parent' | 'past';
}

/** Signs that the list of folders is not complete. */
export interface Doubts {
  /** To be opened once. */
  readonly open: readonly DoubtfulName[];
  /** Branches to be listed by themselves. */
  readonly list: readonly DoubtfulBranch[];
}

/** A branch of which nothing is listed. */
interface DoubtfulBranch {
  /** For LIST: `Archive/*`. */
  readonly pattern: string;
  /** `children`: its folder is said to have some. `namespace`: the server announces it. */
  readonly why: 'children' | 'namespace';
}

/** The server's statements about its folders so far. */
interface AnswersSoFar {
  readonly folders: readonly NamedFolder[];
  readonly subscriptions: readonly ListRow[];
  readonly namespaces: Namespaces;
}

/**
 * Finds what does not fit together in what a server said. Where all fits nothing more is asked.
 *
 * @param past  names of the folders that earlier passes opened; empty before the first pass. Names that only attributes
 *              or gaps put in doubt are asked about in the first pass, and later those that opened then
 */
export function doubtsOf(told: AnswersSoFar, past: ReadonlySet<string>): Doubts {
  const known = new Set(told.folders.flatMap(({ wire, otherSpellings }) => [wire, ...otherSpellings]));
  const asking: Asking = {
    isKnown: (wire) => known.has(wire) || isInbox(wire),
    isDue: (wire) => past.size === 0 || past.has(readFolderName(wire, false)),
  };
  const open = new Map<string, DoubtfulName>();
  // The first doubt about a name counts: a subscribed one is to be accounted for.
  for (const name of [...subscribed(told, asking), ...marked(told, asking), ...unlistedOf(past, told, asking)])
    if (name.wire !== '' && !open.has(name.wire)) open.set(name.wire, name);
  return { open: [...open.values()], list: [...childless(told), ...unlisted(told, past)] };
}

interface Asking {
  readonly isKnown: (wire: string) => boolean;
  /** Whether a name that only attributes or gaps put in doubt is asked about in this pass. */
  readonly isDue: (wire: string) => boolean;
}

/** Names of LSUB that LIST lacks. */
function* subscribed({ subscriptions }: AnswersSoFar, { isKnown, isDue }: Asking): Iterable<DoubtfulName> {
  for (const row of subscriptions) {
    const { delimiter } = row;
    const [wire] = row.spellings;
    if (row.spellings.some(isKnown)) continue;
    // LSUB marks what is not subscribed itself (RFC 3501 section 6.3.9): it may be a folder all the same.
    if (isSelectable(row)) yield { wire, delimiter, why: 'subscribed' };
    else if (isDue(wire)) yield { wire, delimiter, why: 'parent' };
  }
}

/** Names that LIST marks as no folders, and names that lie above its folders and that it lacks. */
function* marked({ folders, namespaces }: AnswersSoFar, { isKnown, isDue }: Asking): Iterable<DoubtfulName> {
  for (const folder of folders) {
    const { wire, delimiter } = folder;
    if (!isSelectable(folder) && isDue(wire)) yield { wire, delimiter, why: 'marked' };
    if (isForeignName(wire, namespaces)) continue;
    for (const parent of parentsOf(folder)) {
      if (!isKnown(parent) && !isStem(parent, namespaces) && isDue(parent))
        yield { wire: parent, delimiter, why: 'parent' };
    }
  }
}

/** Folders of earlier passes that LIST lacks now. */
function* unlistedOf(
  past: ReadonlySet<string>,
  { folders }: AnswersSoFar,
  { isKnown }: Asking,
): Iterable<DoubtfulName> {
  const names = new Set(folders.map(({ name }) => name));
  const delimiter = folders.find((folder) => folder.delimiter !== null)?.delimiter ?? null;
  for (const name of past) {
    const wire = encodeModifiedUtf7(name);
    if (!names.has(name) && !isKnown(wire)) yield { wire, delimiter, why: 'past' };
  }
}

function parentsOf({ wire, delimiter }: NamedFolder): string[] {
  const parents: string[] = [];
  if (delimiter === null) return parents;
  for (let end = wire.lastIndexOf(delimiter); end > 0; end = wire.lastIndexOf(delimiter, end - 1)) {
    parents.push(wire.slice(0, end));
  }
  return parents;
}

/** Folders that are said to have children of which none is listed. */
function childless({ folders }: AnswersSoFar): DoubtfulBranch[] {
  const parents = new Set(folders.flatMap(parentsOf));
  return folders
    .filter((folder) => hasAttribute(folder, '\\HasChildren') && folder.delimiter !== null && !parents.has(folder.wire))
    .map(({ wire, delimiter }) => ({ pattern: `${wire}${delimiter}*`, why: 'children' }));
}

/** Namespaces of which nothing is listed. That an account has nothing below INBOX is ordinary: it is asked once. */
function unlisted({ folders, namespaces }: AnswersSoFar, past: ReadonlySet<string>): DoubtfulBranch[] {
  const isOnlyInbox = folders.every(({ wire }) => isInbox(wire));
  const isDue = (prefix: string) =>
    isOnlyInbox && (past.size === 0 || [...past].some((name) => name.startsWith(prefix)));
  return [...namespaces.personal, ...namespaces.others]
    .map(({ prefix }) => prefix)
    .filter((prefix) => prefix !== '' && (!/^inbox.?$/i.test(prefix) || isDue(prefix)))
    .filter((prefix) => !folders.some(({ wire }) => wire.startsWith(prefix)))
    .map((prefix) => ({ pattern: `${prefix}*`, why: 'namespace' }));
}

function isForeignName(wire: string, { others }: Namespaces): boolean {
  return others.some(({ prefix }) => prefix !== '' && wire.startsWith(prefix));
}

/** The name that a prefix begins with is the server's own: `INBOX` of `INBOX.`, `mail` of `mail/`. */
function isStem(wire: string, { personal, others }: Namespaces): boolean {
  return [...personal, ...others].some(({ prefix, delimiter }) => delimiter !== null && prefix === wire + delimiter);
}
