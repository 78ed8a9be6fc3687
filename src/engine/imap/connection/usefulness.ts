import { showBytes } from '../../../words/units.js';
import { OversizedResponse } from './oversized-response.js';

/** A server may say for so long that a command is in progress (RFC 9585), in milliseconds. */
const LONGEST_PROGRESS = 30 * 60_000;
/** Bytes of responses that nobody asked for, with nothing of use between them. */
const MOST_NOISE = 32 * 1024 * 1024;

/**
 * Tells a server that answers from one that only talks: an answer, data that a command takes, bytes of a
 * message and bytes that we send are of use; `* OK still here`, wrong tags and rows nobody asked for are not.
 */
export class Usefulness {
  #last: number;
  /** The last use that was no mere INPROGRESS. */
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

  /** Bytes of a message came. They are of use, and are no answer: whoever asked for them is not known yet. */
  body(now: number): void {
    this.#last = this.#lastReal = now;
    this.#uses++;
  }

  /** The server says that a command is in progress. */
  inProgress(now: number): void {
    if (now - this.#lastReal <= LONGEST_PROGRESS) this.#last = now;
  }

  /** @throws OversizedResponse where a server floods us with what nobody asked for */
  noise(bytes: number): void {
    this.#noise += bytes;
    if (this.#noise > MOST_NOISE) {
      throw new OversizedResponse(`the server sent ${showBytes(this.#noise)} that nobody asked for, and no answer`);
    }
  }

  /** Milliseconds since something of use came or went. */
  idleFor(now: number): number {
    return now - this.#last;
  }
}
