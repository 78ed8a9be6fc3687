const LF = 10;
const CR = 13;

export type Line =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'too-long' }
  /** The other side is gone; what was left makes no whole line. */
  | { readonly kind: 'end' };

/** Bytes as they come in, taken out as lines and as counted stretches (literals). */
export class ByteReader {
  /** Bytes handed out so far, since the line was opened. */
  consumed = 0;
  /** Bytes waiting to be taken. */
  buffered = 0;
  #chunks: Buffer[] = [];
  /** Where the first chunk is not yet taken. */
  #head = 0;
  #ended = false;
  #wake: (() => void) | null = null;
  /** Called before waiting for bytes: whoever must send something first does it here. */
  beforeWaiting: () => Promise<void> = async () => {};

  /** @param onTaken called whenever bytes were taken, so that a paused socket can go on */
  constructor(private readonly onTaken: () => void = () => {}) {}

  push(chunk: Buffer): void {
    if (this.#ended || chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.buffered += chunk.length;
    this.#wake?.();
  }

  /** Nothing more comes. What is here can still be taken. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** Throws away what lies at or after this offset of the connection. */
  truncate(offset: number): void {
    const keep = Math.max(0, offset - this.consumed);
    if (keep >= this.buffered) return;
    const rest = Buffer.concat(this.#chunks).subarray(this.#head, this.#head + keep);
    this.#chunks = keep > 0 ? [rest] : [];
    this.#head = 0;
    this.buffered = keep;
  }

  /** Resolves with the next line without its CRLF; a bare LF ends a line as well. */
  async line(limit: number): Promise<Line> {
    let searched = 0;
    for (;;) {
      const length = this.#lengthToLf(searched);
      if (length > limit || (length < 0 && this.buffered > limit)) return { kind: 'too-long' };
      if (length >= 0) {
        const bytes = this.#take(length + 1);
        const end = length > 0 && bytes[length - 1] === CR ? length - 1 : length;
        return { kind: 'line', text: bytes.toString('utf8', 0, end) };
      }
      searched = this.buffered;
      if (!(await this.#more())) return { kind: 'end' };
    }
  }

  /** Resolves with a copy of the next `size` bytes, or null when the line ended before. */
  async bytes(size: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    for (let left = size; left > 0; ) {
      if (this.buffered === 0 && !(await this.#more())) return null;
      const part = this.#take(Math.min(left, this.#chunks[0]!.length - this.#head));
      parts.push(part);
      left -= part.length;
    }
    // Always a copy: a slice would keep the whole chunk of the socket alive.
    return Buffer.concat(parts, size);
  }

  /** Takes the next `size` bytes away. @returns false when the line ended before */
  async skip(size: number): Promise<boolean> {
    for (let left = size; left > 0; ) {
      if (this.buffered === 0 && !(await this.#more())) return false;
      left -= this.#take(Math.min(left, this.#chunks[0]!.length - this.#head)).length;
    }
    return true;
  }

  /** Index of the next LF among the buffered bytes, looking from `from` on; -1 when there is none. */
  #lengthToLf(from: number): number {
    let before = 0;
    let head = this.#head;
    for (const chunk of this.#chunks) {
      const length = chunk.length - head;
      if (before + length > from) {
        const found = chunk.indexOf(LF, head + Math.max(0, from - before));
        if (found >= 0) return before + found - head;
      }
      before += length;
      head = 0;
    }
    return -1;
  }

  #take(size: number): Buffer {
    const first = this.#chunks[0]!;
    this.consumed += size;
    this.buffered -= size;
    if (first.length - this.#head >= size) {
      const part = first.subarray(this.#head, this.#head + size);
      this.#head += size;
      if (this.#head === first.length) {
        this.#chunks.shift();
        this.#head = 0;
      }
      this.onTaken();
      return part;
    }
    const parts: Buffer[] = [];
    for (let left = size; left > 0; ) {
      const chunk = this.#chunks[0]!;
      const part = chunk.subarray(this.#head, this.#head + left);
      parts.push(part);
      left -= part.length;
      this.#head += part.length;
      if (this.#head === chunk.length) {
        this.#chunks.shift();
        this.#head = 0;
      }
    }
    this.onTaken();
    return Buffer.concat(parts, size);
  }

  async #more(): Promise<boolean> {
    const before = this.buffered;
    await this.beforeWaiting();
    while (this.buffered === before) {
      if (this.#ended) return false;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    return true;
  }
}
