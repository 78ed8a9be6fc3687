import type { Literal } from '../../imap/grammar/response-reader.js';
import { headerDate } from './header-date.js';

const HOUR = 3_600_000;
const YEAR = 365.25 * 24 * HOUR;
/** The fewest messages that tell how a folder was filled. Fewer may come within an hour by chance. */
const FEWEST = 5;

/** All messages of a folder have arrived within an hour by INTERNALDATE, and over years by their headers. */
export interface Bunched {
  readonly messages: number;
  /** Milliseconds since the epoch. */
  readonly internal: readonly [first: number, last: number];
  readonly headers: readonly [first: number, last: number];
}

/**
 * Finds out whether INTERNALDATEs tell when mail arrived, or when somebody copied it into this folder. Headers are
 * read only as long as all INTERNALDATEs so far lie within one hour, which seldom lasts longer than one message.
 */
export class DateSpread {
  #messages = 0;
  readonly #internal = new Span();
  readonly #headers = new Span();

  /** @param instant  of INTERNALDATE */
  add(instant: number, body: Literal): void {
    if (this.#internal.length > HOUR) return;
    this.#internal.add(instant);
    this.#messages++;
    if (this.#internal.length > HOUR) return;
    const header = headerDate(body);
    if (header) this.#headers.add(header.instant);
  }

  /** Null: nothing is wrong. */
  get bunched(): Bunched | null {
    const isBunched = this.#messages >= FEWEST && this.#internal.length <= HOUR && this.#headers.length >= YEAR;
    if (!isBunched) return null;
    return { messages: this.#messages, internal: this.#internal.ends, headers: this.#headers.ends };
  }
}

class Span {
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  add(at: number): void {
    this.#first = Math.min(this.#first, at);
    this.#last = Math.max(this.#last, at);
  }

  get length(): number {
    return Math.max(0, this.#last - this.#first);
  }

  get ends(): readonly [number, number] {
    return [this.#first, this.#last];
  }
}
