import { showBytes } from '../../../words/units.js';
import { OversizedResponse } from './oversized-response.js';

/** Milliseconds for which a server may say that a command is in progress (RFC 9585). */
const LONGEST_PROGRESS = 30 * 60_000;
/**
 * Bytes of responses that nobody asked for, with nothing useful between them, after which the connection is given up.
 */
const MOST_NOISE = 32 * 1024 * 1024;

/**
 * Tells a server that answers from one that only talks. Useful are an answer, data that a command takes, bytes of a
 * message and bytes that we send. Useless are `* OK still here`, wrong tags and rows that nobody asked for.
 */
export class Usefulness {
  #last: number;
  /** When the last useful thing came that was more than INPROGRESS. */
  #lastReal: number;
  #noise = 0;
  #uses = 0;

  /** @param now milliseconds of a clock that never jumps */
  constructor(now: number) {
    this.#last = this.#lastReal = now;
  }

  /** Grows with each use. */
  get uses(): number {
    return this.#uses;
  }

  use(now: number): void {
    this.#last = this.#lastReal = now;
    this.#noise = 0;
    this.#uses++;
  }

  /** Bytes of a message came. They are useful, but no answer: the command that asked for them is not known yet. */
  body(now: number): void {
    this.#last = this.#lastReal = now;
    this.#uses++;
  }

  /** The server says that a command is in progress. */
  inProgress(now: number): void {
    if (now - this.#lastReal <= LONGEST_PROGRESS) this.#last = now;
  }

  /** Counts useless bytes.  @throws OversizedResponse where a server floods us with them */
  noise(bytes: number): void {
    this.#noise += bytes;
    if (this.#noise > MOST_NOISE) {
      throw new OversizedResponse(`the server sent ${showBytes(this.#noise)} that nobody asked for, and no answer`);
    }
  }

  /** Milliseconds since something useful came or went. */
  idleFor(now: number): number {
    return now - this.#last;
  }
}
