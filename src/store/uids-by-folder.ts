import { UidSet } from './uid-set.js';

/** A set of source UIDs for each folder; null is the place of what happened before any folder. */
export class UidsByFolder {
  readonly #sets = new Map<string | null, UidSet>();

  /** How many UIDs in all folders. */
  get size(): number {
    let size = 0;
    for (const { size: more } of this.#sets.values()) size += more;
    return size;
  }

  /** Live. */
  in(folder: string | null): UidSet {
    let set = this.#sets.get(folder);
    if (set === undefined) {
      set = new UidSet();
      this.#sets.set(folder, set);
    }
    return set;
  }
}
