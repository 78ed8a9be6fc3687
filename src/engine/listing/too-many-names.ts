import type { FoundOf } from '../../words/findings/found.js';
import { foundText } from '../../words/findings/found-text.js';
import type { Wire } from '../imap/connection/wire.js';
import type { Response } from '../imap/grammar/response-reader.js';

/** The most rows of a folder list. Real accounts have thousands. */
const MOST_ROWS = 100_000;
/** The most characters of all rows. A row may be as long as a line. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** A server lists more folders than any mailbox has. Nothing is moved before an operator has looked. */
export class TooManyNames extends Error {
  override readonly name = 'TooManyNames';
  constructor(readonly found: FoundOf<'list without end'>) {
    super(foundText(found));
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
    if (!this.#isSpent) return error;
    const [rows, characters] = [this.#rows, this.#characters];
    return new TooManyNames({ key: 'list without end', side: this.wire.side, rows, characters });
  }

  get #isSpent(): boolean {
    return this.#rows > MOST_ROWS || this.#characters > MOST_CHARACTERS;
  }
}
