import type { Side } from '../../words/side.js';
import { plural, showBytes } from '../../words/units.js';
import type { Wire } from '../imap/connection/wire.js';
import type { Response } from '../imap/grammar/response-reader.js';

/** The most rows of a folder list. Real accounts have thousands. */
const MOST_ROWS = 100_000;
/** The most characters of all rows. A row may be as long as a line. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** A server lists more folders than any mailbox has. Nothing is moved before an operator has looked. */
export class TooManyNames extends Error {
  override readonly name = 'TooManyNames';
  constructor(
    readonly side: Side,
    rows: number,
    characters: number,
  ) {
    super(
      `the list of folders was given up after ${plural(rows, 'row')} (${showBytes(characters)}): no mailbox has so many folders`,
    );
  }
}

const ROW = /^\* L(?:IST|SUB)\b/i;

/** Counts the rows of lists on a connection, so that no server fills the memory with names. */
export class RowBudget {
  #rows = 0;
  #characters = 0;

  constructor(private readonly wire: Pick<Wire, 'side' | 'drop'>) {}

  /** @returns whether there is room for the response. Without room, the connection is dropped */
  take({ text }: Response): boolean {
    if (!ROW.test(text)) return true;
    this.#rows++;
    this.#characters += text.length;
    if (!this.#isSpent) return true;
    this.wire.drop(new Error('the list of folders has no end'));
    return false;
  }

  /** The reason why a list was broken off: it has no end. The connection was not lost. */
  because(error: unknown): unknown {
    return this.#isSpent ? new TooManyNames(this.wire.side, this.#rows, this.#characters) : error;
  }

  get #isSpent(): boolean {
    return this.#rows > MOST_ROWS || this.#characters > MOST_CHARACTERS;
  }
}
