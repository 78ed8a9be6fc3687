import type { Wire } from './wire.js';

/** Bytes gathered before they are handed to the line. */
const FULL = 64 * 1024;
/** A body is handed over in slices, so that a slow reader of a 60 MB message holds one slice and not a copy of it all. */
const SLICE = 128 * 1024;

/** Collects the lines of answers into few writes, and waits for the line when it is slow. */
export class Outbox {
  #text = '';
  #parts: Buffer[] = [];
  #size = 0;

  constructor(private readonly wire: Wire) {}

  /** Adds a line; CRLF is put after it. */
  line(text: string): void {
    this.text(`${text}\r\n`);
  }

  text(text: string): void {
    this.#text += text;
    this.#size += text.length;
  }

  bytes(bytes: Buffer): void {
    this.#settleText();
    this.#parts.push(bytes);
    this.#size += bytes.length;
  }

  get full(): boolean {
    return this.#size >= FULL;
  }

  /** Hands over what was collected. Resolves when the line takes more. */
  async flush(): Promise<void> {
    this.#settleText();
    const parts = this.#parts;
    this.#parts = [];
    this.#size = 0;
    for (let at = 0; at < parts.length; ) {
      const end = endOfRun(parts, at);
      const run = end === at + 1 ? parts[at]! : Buffer.concat(parts.slice(at, end));
      for (let from = 0; from < run.length; from += SLICE) {
        this.wire.write(run.subarray(from, from + SLICE));
        await this.wire.room();
      }
      at = end;
    }
  }

  #settleText(): void {
    if (this.#text !== '') this.#parts.push(Buffer.from(this.#text, 'utf8'));
    this.#text = '';
  }
}

/** Small parts go together in one write; a large one goes alone, uncopied. */
function endOfRun(parts: readonly Buffer[], from: number): number {
  let end = from + 1;
  for (let size = parts[from]!.length; end < parts.length; end += 1) {
    size += parts[end]!.length;
    if (size > SLICE) break;
  }
  return end;
}
