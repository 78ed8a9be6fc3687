import type { Side } from '../../words/side.js';

/** Rows of a folder list that are taken. Real accounts have thousands. */
const MOST_ROWS = 100_000;
/** Characters of rows that are taken: a row may be as long as a line. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** A server lists more folders than any mailbox has: nothing is moved before an operator has looked. */
export class TooManyNames extends Error {
  override readonly name = 'TooManyNames';
  constructor(
    readonly side: Side,
    rows: number,
    characters: number,
  ) {
    super(
      `the list of folders was given up after ${rows} rows (${Math.ceil(characters / 1024 / 1024)} MB): no mailbox has so many folders`,
    );
  }
}

/** Counts the rows of a list, so that no server fills the memory with names. */
export class RowBudget {
  #rows = 0;
  #characters = 0;

  /** @returns false where there is no room for the row: the list is to be given up */
  take(text: string): boolean {
    this.#rows++;
    this.#characters += text.length;
    return !this.isSpent;
  }

  get isSpent(): boolean {
    return this.#rows > MOST_ROWS || this.#characters > MOST_CHARACTERS;
  }

  /** What is thrown where it is spent. */
  error(side: Side): TooManyNames {
    return new TooManyNames(side, this.#rows, this.#characters);
  }
}
