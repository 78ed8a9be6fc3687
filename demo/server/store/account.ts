import { Folder, type FolderTraits } from './folder.js';
import { LabelFolder } from './label-folder.js';
import { LabelStore } from './label-store.js';
import type { Layout } from './layout.js';
import type { Quota } from './quota.js';

export interface AccountOptions {
  readonly password?: string;
  readonly quota?: Quota;
  /** Rights of the folders that a client makes, by path; undefined: all (RFC 4314). */
  readonly rights?: (path: string) => string | undefined;
}

/** One user's mail: folders by path, in the order they came, INBOX first. */
export class Account {
  password: string | null;
  quota: Quota;
  readonly folders = new Map<string, Folder>();
  readonly subscriptions = new Set<string>();
  readonly #mounted = new Set<Folder>();
  readonly #rights: (path: string) => string | undefined;
  readonly #labels: LabelStore | null;

  constructor(
    readonly user: string,
    readonly layout: Layout,
    options: AccountOptions,
  ) {
    this.password = options.password ?? null;
    this.quota = options.quota ?? {};
    this.#rights = options.rights ?? (() => undefined);
    this.#labels = layout.messages === 'by label' ? new LabelStore(this.folders) : null;
    this.addFolder('INBOX');
    for (const [name, specialUse] of Object.entries(layout.specialFolders)) {
      this.addFolder(`${layout.prefix}${name}`, { specialUse, subscribed: true });
    }
  }

  /** @throws RangeError when there is no such folder */
  folder(path: string): Folder {
    const folder = this.find(path);
    if (!folder) throw new RangeError(`${this.user} has no folder ${path}`);
    return folder;
  }

  find(path: string): Folder | undefined {
    return this.folders.get(this.nameOf(path));
  }

  /** Makes the folder and, as names that hold no mail, its missing parents. */
  addFolder(path: string, traits: FolderTraits = {}): Folder {
    const name = this.nameOf(path);
    const { delimiter } = this.layout;
    for (let at = name.indexOf(delimiter); at > 0; at = name.indexOf(delimiter, at + 1)) {
      const parent = name.slice(0, at);
      if (!this.folders.has(parent)) this.folders.set(parent, this.#newFolder({ noselect: true }));
    }
    const rights = traits.rights ?? this.#rights(name);
    const folder = this.#newFolder(rights === undefined ? traits : { ...traits, rights });
    this.folders.set(name, folder);
    if (traits.subscribed) this.subscriptions.add(name);
    return folder;
  }

  #newFolder(traits: FolderTraits): Folder {
    const { newUidValidity, now } = this.layout;
    if (this.#labels) return new LabelFolder(this.#labels, traits, newUidValidity(), now);
    return new Folder(traits, newUidValidity(), now);
  }

  /** Shows another user's folder under a name of this one (a shared namespace). It does not count for the quota. */
  mount(path: string, folder: Folder): Folder {
    this.folders.set(this.nameOf(path), folder);
    this.#mounted.add(folder);
    return folder;
  }

  ownFolders(): readonly Folder[] {
    return [...this.folders.values()].filter((folder) => !this.#mounted.has(folder));
  }

  hasChildren(path: string): boolean {
    const start = path + this.layout.delimiter;
    for (const [name, folder] of this.folders) if (name.startsWith(start) && folder.rights.includes('l')) return true;
    return false;
  }

  /** INBOX in its one spelling, as a folder of its own or as the first level (RFC 3501 section 5.1). */
  nameOf(path: string): string {
    const { delimiter } = this.layout;
    const first = path.split(delimiter, 1)[0] ?? '';
    return first.toUpperCase() === 'INBOX' ? `INBOX${path.slice(first.length)}` : path;
  }
}
