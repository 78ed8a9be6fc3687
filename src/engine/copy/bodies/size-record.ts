import { isAnother, type SizeComparison } from './compare-size.js';

/** Differences that a second look confirmed, after which a server's sizes are known to be estimates. */
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

  /** So many messages that earlier runs copied came as long as they were listed. */
  recall(agreed: number): void {
    this.#agreed += agreed;
  }

  /** A second look gave the same message although its size differs. */
  confirm(): void {
    this.#confirmed++;
  }

  /** Most sizes differ: they say nothing of a single body. */
  get areEstimates(): boolean {
    return this.#differed > this.#agreed;
  }

  /** Estimates, confirmed so often that a differing size is no reason for a second look any more. */
  get areKnownEstimates(): boolean {
    return this.areEstimates && this.#confirmed >= ENOUGH;
  }
}
