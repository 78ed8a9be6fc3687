import type { Opened } from '../../imap/commands/folders.js';

/**
 * Folders of the destination that were opened while the accounts were listed: INBOX, where nothing was copied before.
 * They are kept apart, because INBOX may keep every keyword while other folders do not.
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

  /** The folder's counters at that moment. They are given once. @returns undefined if the folder was not opened */
  take(folder: string): Promise<Opened> | undefined {
    const opened = this.#asked.get(folder);
    this.#asked.delete(folder);
    return opened;
  }

  /** Facts about a folder that last, such as PERMANENTFLAGS; null: it was not opened, or no answer came yet. */
  told(folder: string): Opened | null {
    return this.#told.get(folder) ?? null;
  }
}
