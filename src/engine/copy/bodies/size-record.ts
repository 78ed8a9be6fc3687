import { isAnother, type SizeComparison } from './compare-size.js';

/** Confirmed differences after which the server's sizes are known to be estimates. */
const ENOUGH = 32;

/**
 * How far the sizes of one account can be believed. Exchange estimates RFC822.SIZE for nearly every
 * message; where most sizes agree, a body that is shorter than listed is a cut one.
 */
export class SizeRecord {
  #agreed = 0;
  #differed = 0;
  #confirmed = 0;

  count(comparison: SizeComparison): void {
    if (comparison === 'agrees') this.#agreed++;
    else if (isAnother(comparison)) this.#differed++;
  }

  /** Counts messages of earlier runs that came as long as they were listed. */
  recall(agreed: number): void {
    this.#agreed += agreed;
  }

  /** A second look confirmed the message, although its size differs. */
  confirm(): void {
    this.#confirmed++;
  }

  /** Whether most sizes differ, so that the size says nothing about a single body. */
  get areEstimates(): boolean {
    return this.#differed > this.#agreed;
  }

  /** Whether estimates were confirmed so often that a differing size needs no second look any more. */
  get areKnownEstimates(): boolean {
    return this.areEstimates && this.#confirmed >= ENOUGH;
  }
}
