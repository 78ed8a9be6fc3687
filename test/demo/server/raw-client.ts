import { once } from 'node:events';
import type { Duplex } from 'node:stream';

/**
 * A client that sends what it is told, byte by byte, and gives back what came: one character a byte.
 * It knows no IMAP beyond tags and literals, so that it proves nothing about its own reading.
 */
export class RawClient {
  #text = '';
  #ended = false;
  #failed: Error | null = null;
  #wake: () => void = () => {};

  constructor(readonly line: Duplex) {
    line.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('latin1');
      this.#wake();
    });
    for (const event of ['end', 'close']) {
      line.on(event, () => {
        this.#ended = true;
        this.#wake();
      });
    }
    line.on('error', (error: Error) => {
      this.#failed = error;
    });
  }

  /** The error that the line ended with, if any. */
  get failed(): Error | null {
    return this.#failed;
  }

  /** Writes bytes as they are. */
  write(text: string | Buffer): void {
    this.line.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
  }

  /** Resolves with everything up to the first line that fits, or up to the end of the line. */
  async until(pattern: RegExp): Promise<string> {
    let looked = 0;
    for (;;) {
      const found = findLine(this.#text, pattern, looked);
      if (found.kind === 'found') return this.#cut(found.end);
      looked = found.looked;
      if (this.#ended) return this.#cut(this.#text.length);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Sends a command and resolves with its answer, tagged line included. */
  async ask(tag: string, command: string): Promise<string> {
    this.write(`${tag} ${command}\r\n`);
    return this.until(new RegExp(`^${tag} `));
  }

  /** Everything until the server ends the line. */
  async rest(): Promise<string> {
    while (!this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#cut(this.#text.length);
  }

  /** The bytes that came and were not asked for yet. */
  get pending(): string {
    return this.#text;
  }

  async hangUp(): Promise<void> {
    if (this.line.destroyed) return;
    this.line.destroy();
    await once(this.line, 'close');
  }

  #cut(end: number): string {
    const cut = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    return cut;
  }
}

type Found = { readonly kind: 'found'; readonly end: number } | { readonly kind: 'not yet'; readonly looked: number };

/** Looks at whole lines and steps over literals: a body may hold what looks like an answer. */
function findLine(text: string, pattern: RegExp, from: number): Found {
  let at = from;
  for (;;) {
    const end = at < text.length ? text.indexOf('\r\n', at) : -1;
    if (end < 0) return { kind: 'not yet', looked: at };
    const line = text.slice(at, end);
    if (pattern.test(line)) return { kind: 'found', end: end + 2 };
    const literal = /\{(\d+)\}$/.exec(line);
    at = end + 2 + (literal ? Number(literal[1]) : 0);
  }
}
