/** Bytes of the longest line. A longer one comes from no console of ours, and is refused. */
export const LONGEST_LINE = 1024 * 1024;

export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

const NEWLINE = 0x0a;

/** Cuts a stream of bytes into lines of UTF-8. Holds at most one unfinished line of `longest` bytes. */
export class LineReader {
  #pieces: Buffer[] = [];
  #held = 0;

  constructor(readonly longest: number = LONGEST_LINE) {}

  /** @throws LineTooLong  when a line grows over the limit; the reader is of no use after that */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#hold(chunk.subarray(start, end));
      lines.push(Buffer.concat(this.#pieces).toString('utf8'));
      this.#pieces = [];
      this.#held = 0;
      start = end + 1;
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
    return lines;
  }

  #hold(piece: Buffer): void {
    this.#held += piece.length;
    if (this.#held > this.longest) throw new LineTooLong(`a line is longer than ${this.longest} bytes`);
    this.#pieces.push(piece);
  }
}
