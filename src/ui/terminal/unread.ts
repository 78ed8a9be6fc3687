/** Asks the terminal for its status; it answers {@link REPORT} when it has come so far (ECMA-48, DSR). */
export const ASK = '\u001b[5n';
/** Name of the key that the answer (`ESC [ 0 n`) is read as: it comes with what is typed. */
export const REPORT = 'report';

/** Less than this is not worth a question: an idle screen asks nothing, and leaves no answer on its way behind. */
const ASK_FROM = 256;
/** A newer frame waits while more bytes than this are under way. A line of 32 kbit/s needs 0.4 s for them. */
const MUCH = 1_500;

/**
 * How much of what was written the terminal has not come to, as far as it tells. A pty says nothing of that: sshd takes
 * all at once and queues up to 2 MB, which a slow connection then plays like a film of the past. Bytes throughout.
 */
export class Unread {
  #written = 0;
  #read = 0;
  /** How much was written when the terminal was asked; null: no answer is on its way. */
  #asked: number | null = null;
  /** Terminals that never answer are never waited for. */
  #answers = false;

  /** @returns what is to be written behind it: a question, or nothing */
  wrote(bytes: number): string {
    this.#written += bytes;
    if (this.#asked !== null || this.#written - this.#read < ASK_FROM) return '';
    this.#asked = this.#written;
    return ASK;
  }

  /** The terminal has answered. @returns what is to be written now: a question about what came after, or nothing */
  answered(): string {
    this.#answers = true;
    this.#read = this.#asked ?? this.#read;
    this.#asked = null;
    return this.wrote(0);
  }

  /** So much is under way that a newer frame waits. */
  get isMuch(): boolean {
    return this.#answers && this.#written - this.#read > MUCH;
  }

  /** An answer is on its way: who leaves the terminal before it came leaves it to the shell. */
  get isAsked(): boolean {
    return this.#answers && this.#asked !== null;
  }

  /** Stops waiting for answers that are under way. */
  forget(): void {
    this.#read = this.#written;
    this.#asked = null;
  }
}
