import type { Opened } from '../../imap/commands/folders.js';

/**
 * Folders of the destination that were opened while the accounts were listed: INBOX, where nothing was copied before.
 * On a desk of their own: that one folder keeps every keyword says nothing of those to come.
 */
export class EarlyOpenings {
  readonly #asked = new Map<string, Promise<Opened>>();
  readonly #told = new Map<string, Opened>();

  /** @param folder  its wire name */
  add(folder: string, opened: Promise<Opened>): void {
    this.#asked.set(folder, opened);
    opened.then(
      (told) => this.#told.set(folder, told),
      () => {},
    );
  }

  /** The counters of a folder, once: they are of that moment. @returns undefined where it was not opened */
  take(folder: string): Promise<Opened> | undefined {
    const opened = this.#asked.get(folder);
    this.#asked.delete(folder);
    return opened;
  }

  /** The facts about a folder that do not move, such as its PERMANENTFLAGS; null where it did not open, or not yet. */
  told(folder: string): Opened | null {
    return this.#told.get(folder) ?? null;
  }
}
