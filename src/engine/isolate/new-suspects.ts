import { type Finding, NARROWED, NOTHING } from './finding.js';

/** After so many new suspects in a row, with no message copied in between, the server itself is taken to be in trouble. */
const IN_TROUBLE = 5;
/** After so many, folders are opened one after the other. One connection that drops by itself slows nothing down. */
const ONE_BY_ONE = 2;

/** Suspects that came one after the other, with no message copied in between. Pure. */
export class NewSuspects {
  #inRow = 0;

  /** One more is put off, and tried when all else is done. */
  putOff(): Finding {
    this.#inRow++;
    return this.#inRow > IN_TROUBLE ? NOTHING : NARROWED;
  }

  /** A message was copied. */
  goesOn(): void {
    this.#inRow = 0;
  }

  /**
   * How folders are opened in the next attempt. Where several are opened at a time and the answers are lost with the
   * connection, the first of them is suspected, and not the one that breaks it.
   *
   * @param folders  of which a step is suspected by now
   */
  turn(folders: number): 'in flight' | 'alone' {
    return this.#inRow >= ONE_BY_ONE || folders > ONE_BY_ONE ? 'alone' : 'in flight';
  }
}
