import { UidSet } from '../uid/uid-set.js';

/** A set of source UIDs for each folder, gathered when it is first asked for. Null is the place before any folder. */
export class UidsByFolder {
  readonly #gather: (folder: string | null) => Iterable<UidSet>;
  readonly #sets = new Map<string | null, UidSet>();

  /** @param gather  the sets of a folder at the first question. From then on the caller keeps the set up to date */
  constructor(gather: (folder: string | null) => Iterable<UidSet>) {
    this.#gather = gather;
  }

  /** The live set; undefined: nobody has asked for it, so nothing need be kept up to date. */
  known(folder: string | null): UidSet | undefined {
    return this.#sets.get(folder);
  }

  /** The live set. */
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
