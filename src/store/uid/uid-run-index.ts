/** Runs in the order in which they were written, seen from one side: where each starts, and how many UIDs it holds. */
export interface Runs {
  readonly count: number;
  lo(run: number): number;
  length(run: number): number;
}

/**
 * Finds the run that holds a UID. New runs only come at the end. The newest few are searched one by one, and the others
 * in sorted order, which is built at the first search.
 */
export class RunIndex {
  readonly #runs: Runs;
  #order = new Uint32Array(0);

  constructor(runs: Runs) {
    this.#runs = runs;
  }

  /** @returns the run's number, or -1 */
  find(uid: number): number {
    const newest = this.#runs.count - this.#order.length;
    if (newest > 64 + (this.#order.length >>> 9)) this.#absorb();
    for (let run = this.#order.length; run < this.#runs.count; run++) if (this.#holds(run, uid)) return run;
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#runs.lo(this.#order[middle]!) <= uid) low = middle + 1;
      else high = middle;
    }
    const run = low > 0 ? this.#order[low - 1]! : -1;
    return run >= 0 && this.#holds(run, uid) ? run : -1;
  }

  /** Forgets the sorted order, because the runs were arranged anew. */
  reset(): void {
    this.#order = new Uint32Array(0);
  }

  #holds(run: number, uid: number): boolean {
    const lo = this.#runs.lo(run);
    return uid >= lo && uid < lo + this.#runs.length(run);
  }

  #absorb(): void {
    const old = this.#order;
    const fresh = new Uint32Array(this.#runs.count - old.length);
    for (let i = 0; i < fresh.length; i++) fresh[i] = old.length + i;
    fresh.sort((a, b) => this.#runs.lo(a) - this.#runs.lo(b));
    const merged = new Uint32Array(this.#runs.count);
    for (let i = 0, j = 0, k = 0; k < merged.length; k++) {
      const takeOld = j === fresh.length || (i < old.length && this.#runs.lo(old[i]!) <= this.#runs.lo(fresh[j]!));
      merged[k] = takeOld ? old[i++]! : fresh[j++]!;
    }
    this.#order = merged;
  }
}
