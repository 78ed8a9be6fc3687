/**
 * Knows what was changed since the last snapshot, and since the last one reached the disk. It asks for no snapshot that
 * would say the same again.
 */
export class Unsaved {
  readonly #monotonic: () => number;
  /** The number of changes: all, those in the last snapshot, and those on the disk. */
  #made: number;
  #taken = 0;
  #saved = 0;
  #writing: Promise<void> = Promise.resolve();
  #lastMs = 0;

  /** @param made  1 when nothing is on the disk yet, else 0 */
  constructor(made: 0 | 1, monotonic: () => number) {
    this.#made = made;
    this.#monotonic = monotonic;
  }

  /** Something was changed. */
  changed(): void {
    this.#made++;
  }

  get dirty(): boolean {
    return this.#saved !== this.#made;
  }

  /** Milliseconds from the last snapshot until it was on the disk. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** @param write  takes the snapshot at once, and resolves when it is on the disk to stay */
  save(write: () => Promise<void>): Promise<void> {
    if (this.#taken === this.#made) return this.#writing;
    const began = this.#monotonic();
    const made = this.#made;
    this.#taken = made;
    this.#writing = write().then(
      () => {
        this.#saved = Math.max(this.#saved, made);
        this.#lastMs = this.#monotonic() - began;
      },
      (error: unknown) => {
        this.#taken = this.#saved;
        throw error;
      },
    );
    return this.#writing;
  }
}
