import { UidSet } from '../uid/uid-set.js';

/** A set of source UIDs for each folder, gathered when it is first asked for; null is the place before any folder. */
export class UidsByFolder {
  readonly #gather: (folder: string | null) => Iterable<UidSet>;
  readonly #sets = new Map<string | null, UidSet>();

  /** @param gather  what the set of a folder is made of; from then on it is kept by whoever changes it */
  constructor(gather: (folder: string | null) => Iterable<UidSet>) {
    this.#gather = gather;
  }

  /** Live; undefined where nobody has asked for it yet: then there is nothing to keep. */
  known(folder: string | null): UidSet | undefined {
    return this.#sets.get(folder);
  }

  /** Live. */
  in(folder: string | null): UidSet {
    let set = this.#sets.get(folder);
    if (set === undefined) {
      set = new UidSet();
      for (const uids of this.#gather(folder)) set.addAll(uids);
      this.#sets.set(folder, set);
    }
    return set;
  }
}
