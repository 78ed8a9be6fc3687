/**
 * Remarks about the files of a batch that an operator would see nowhere else: a previous version was taken, something
 * was forgotten. A remark is made once, however often its cause is met.
 */
export class Remarks {
  readonly #made = new Set<string>();
  readonly #listeners = new Set<(text: string) => void>();

  get made(): readonly string[] {
    return [...this.#made];
  }

  /** @param text  one line */
  make(text: string): void {
    if (this.#made.has(text)) return;
    this.#made.add(text);
    for (const listener of this.#listeners) listener(text);
  }

  /** Told what was remarked before, too. @returns how to stop listening */
  listen(listener: (text: string) => void): () => void {
    this.#listeners.add(listener);
    for (const text of this.#made) listener(text);
    return () => this.#listeners.delete(listener);
  }
}
