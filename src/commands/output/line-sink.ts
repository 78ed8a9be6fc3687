import type { Output } from '../process/io.js';

/** Progress may be lost when the reader is slow; everything else may not. */
export type Weight = 'progress' | 'lasting';

/**
 * Characters of lasting lines that are kept for a reader that has stalled. A night's distinct failures are far fewer.
 */
const MOST_HELD = 16 * 1024 * 1024;

/** Characters that wait for a reader, above which it counts as slow and misses progress. */
const SLOW_READER = 8 * 1024;

/**
 * Lines on their way to a reader that may stall or go. Writing never waits and never throws: for a
 * reader that is behind, progress is dropped and lasting lines queue up.
 */
export class LineSink {
  readonly #output: Output;
  #waiting: string[] = [];
  #held = 0;
  #lost = 0;
  #closed = false;
  #writing: Promise<void> | null = null;

  constructor(output: Output) {
    this.#output = output;
  }

  write(line: string, weight: Weight): void {
    if (this.#closed || (weight === 'progress' && this.#held > SLOW_READER)) return;
    if (this.#held > MOST_HELD) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(line);
    this.#held += line.length;
    this.#writing ??= this.#drain();
  }

  /** Resolves when the reader has taken every lasting line, or is gone. */
  async drained(): Promise<void> {
    await this.#writing;
  }

  async #drain(): Promise<void> {
    // Lines of one turn are written as one piece.
    await Promise.resolve();
    while (this.#waiting.length > 0 && !this.#closed) {
      const text = `${this.#waiting.join('\n')}\n`;
      this.#waiting = [];
      this.#held = 0;
      try {
        await this.#output.write(text);
      } catch {
        // EPIPE, or the terminal hung up: the copy goes on, its lines are in the batch's log.
        this.#closed = true;
      }
      if (this.#lost > 0 && !this.#closed) {
        this.#waiting.push(
          `(${this.#lost} lines were lost here while nobody read; \`nightferry errors\` has them all)`,
        );
        this.#lost = 0;
      }
    }
    this.#writing = null;
  }
}
