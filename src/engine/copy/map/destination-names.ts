import { hasAttribute, isInbox, isSelectable, type ListedFolder, type SideLayout } from '../../imap/grammar/layout.js';
import { writeFolderName } from '../../imap/grammar/modified-utf7.js';
import { type FolderPath, parentsOf, writePath } from './folder-names.js';
import type { Target } from './folder-target.js';

/** The place of a folder at the destination, and the steps until it can be used. */
export interface Place {
  readonly wire: string;
  readonly name: string;
  /** False: the name had to be changed to fit the destination. */
  readonly exact: boolean;
  readonly exists: boolean;
  readonly subscribed: boolean;
  /** Wire names to create, parents first. */
  readonly create: readonly string[];
  /** A folder above that allows none below it (`\Noinferiors`), by name; null: none. */
  readonly barredBy: string | null;
}

/** The names that a destination holds, and how it writes new ones. */
export class DestinationNames {
  readonly #layout: SideLayout;
  readonly #byName = new Map<string, ListedFolder>();

  constructor(layout: SideLayout) {
    this.#layout = layout;
    // Two ways to compose an accent make one folder, but an exact name comes first.
    for (const folder of layout.folders) this.#byName.set(composed(folder.name), folder);
    for (const folder of layout.folders) this.#byName.set(key(folder.name), folder);
  }

  /** The folder with this path; undefined: there is none. */
  at(path: FolderPath): ListedFolder | undefined {
    return this.#find(writePath(path, this.#layout).name);
  }

  /** @param opened  false for a parent that holds no mail: to be listed is enough for it */
  place(target: Target, opened: boolean): Place {
    const written = writePath(target.path, this.#layout);
    const folder = target.folder ?? this.#find(written.name);
    const name = folder?.name ?? written.name;
    const wire = folder?.wire ?? writeFolderName(name, this.#layout.utf8);
    const exists = isInbox(name) || (folder !== undefined && (opened ? isSelectable(folder) : isThere(folder)));
    const parents = exists ? [] : parentsOf(target.path, this.#layout);
    const missing = parents.filter((parent) => !isThere(this.#find(parent)));
    return {
      wire,
      name,
      exact: target.folder !== null || written.exact,
      exists,
      subscribed: folder?.subscribed ?? false,
      create: exists ? [] : [...missing.map((parent) => writeFolderName(parent, this.#layout.utf8)), wire],
      barredBy: exists ? null : this.#bar(target.path, parents),
    };
  }

  /** The place where an earlier pass put a folder; null: it is not there any more. */
  formerPlace(name: string | undefined): Place | null {
    const folder = name === undefined ? undefined : this.#byName.get(key(name));
    if (folder === undefined || !isSelectable(folder)) return null;
    const { wire, subscribed } = folder;
    return { wire, name: folder.name, exact: true, exists: true, subscribed, create: [], barredBy: null };
  }

  #find(name: string): ListedFolder | undefined {
    return this.#byName.get(key(name)) ?? this.#byName.get(composed(name));
  }

  #bar(path: FolderPath, parents: readonly string[]): string | null {
    const inInbox = path.inbox || /^inbox./i.test(this.#layout.prefix);
    const above = inInbox ? ['INBOX', ...parents] : parents;
    const bar = above
      .map((name) => this.#find(name))
      .find((at) => at !== undefined && hasAttribute(at, '\\Noinferiors'));
    return bar?.name ?? null;
  }
}

function key(name: string): string {
  return isInbox(name) ? 'INBOX' : name;
}

function composed(name: string): string {
  return key(name).normalize('NFC');
}

/** A `\NonExistent` name counts where folders lie below it: the server made it up for them. */
function isThere(folder: ListedFolder | undefined): boolean {
  if (folder === undefined) return false;
  return !hasAttribute(folder, '\\NonExistent') || hasAttribute(folder, '\\HasChildren');
}
