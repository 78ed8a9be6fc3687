import type { Literal } from '../../imap/grammar/response-reader.js';

/** Bytes of a slice that is written. */
const SLICE = 64 * 1024;
const CR = 13;
const LF = 10;

/** Lines with CRLF behind each, as a literal in slices. */
export class LineWriter {
  readonly #slices: Buffer[] = [];
  #slice = Buffer.alloc(0);
  /** Bytes of `#slice` that are written. */
  #filled = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** @param line without its end; copied */
  line(line: Buffer): void {
    const length = line.length + 2;
    if (this.#slice.length - this.#filled < length) this.#begin(length);
    this.#filled += line.copy(this.#slice, this.#filled);
    this.#slice[this.#filled++] = CR;
    this.#slice[this.#filled++] = LF;
    this.#length += length;
  }

  get literal(): Literal {
    const last = this.#slice.subarray(0, this.#filled);
    return { slices: last.length === 0 ? this.#slices : [...this.#slices, last], length: this.#length };
  }

  #begin(least: number): void {
    if (this.#filled > 0) this.#slices.push(this.#slice.subarray(0, this.#filled));
    this.#slice = Buffer.allocUnsafe(Math.max(SLICE, least));
    this.#filled = 0;
  }
}
