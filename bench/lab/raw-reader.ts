/** One response: its text in Latin-1, with `~{0}~`, `~{1}~` … where its literals stood. */
export interface RawUnit {
  readonly text: string;
  readonly literals: readonly Buffer[];
}

const LITERAL = /~?\{(\d+)\}$/;

/** Cuts a stream of bytes into responses (RFC 9051 section 2.2). Its own, so that it shares no fault with the engine's. */
export class RawReader {
  readonly #onUnit: (unit: RawUnit) => void;
  #line: Buffer[] = [];
  #text = '';
  #literals: Buffer[] = [];
  #literal: { readonly into: Buffer; filled: number } | null = null;

  constructor(onUnit: (unit: RawUnit) => void) {
    this.#onUnit = onUnit;
  }

  feed(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; )
      at = this.#literal === null ? this.#takeLine(chunk, at) : this.#takeLiteral(chunk, at);
  }

  #takeLiteral(chunk: Buffer, at: number): number {
    const literal = this.#literal!;
    const count = chunk.copy(literal.into, literal.filled, at);
    literal.filled += count;
    if (literal.filled === literal.into.length) this.#endLiteral(literal.into);
    return at + count;
  }

  #takeLine(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(10, at);
    if (end < 0) {
      this.#line.push(chunk.subarray(at));
      return chunk.length;
    }
    const line = Buffer.concat([...this.#line, chunk.subarray(at, end)])
      .toString('latin1')
      .replace(/\r$/, '');
    this.#line = [];
    const literal = LITERAL.exec(line);
    if (literal === null) {
      this.#onUnit({ text: this.#text + line, literals: this.#literals });
      this.#text = '';
      this.#literals = [];
    } else {
      this.#text += line.slice(0, literal.index);
      const into = Buffer.allocUnsafe(Number(literal[1]));
      if (into.length === 0) this.#endLiteral(into);
      else this.#literal = { into, filled: 0 };
    }
    return end + 1;
  }

  #endLiteral(bytes: Buffer): void {
    this.#text += `~{${this.#literals.length}}~`;
    this.#literals.push(bytes);
    this.#literal = null;
  }
}
