import { BadInput } from '../../words/bad-input.js';
import { formatRange, parseRanges } from './uid-text.js';

/**
 * Pairs as COPYUID writes them (RFC 4315, section 3): the n-th UID of one text became the n-th of the other. Unlike
 * COPYUID's, the ranges may come in any order, because batches are answered out of order.
 */
export interface PairsText {
  readonly source: string;
  readonly destination: string;
}

/** Source UIDs from `source` on became destination UIDs from `destination` on, `length` of them. */
export interface PairRun {
  readonly source: number;
  readonly destination: number;
  readonly length: number;
}

export function formatPairs(runs: Iterable<PairRun>): PairsText {
  const source = new Side();
  const destination = new Side();
  for (const run of runs) {
    source.add(run.source, run.length);
    destination.add(run.destination, run.length);
  }
  return { source: source.toString(), destination: destination.toString() };
}

/** @throws BadInput  when a text is no set, or they do not hold equally many UIDs */
export function* parsePairs(text: PairsText): Generator<PairRun> {
  const a = parseRanges(text.source);
  const b = parseRanges(text.destination);
  let i = 0;
  let j = 0;
  let usedA = 0;
  let usedB = 0;
  while (i < a.length && j < b.length) {
    const source = a[i]! + usedA;
    const destination = b[j]! + usedB;
    const length = Math.min(a[i + 1]! - source, b[j + 1]! - destination) + 1;
    yield { source, destination, length };
    usedA += length;
    usedB += length;
    if (source + length > a[i + 1]!) {
      i += 2;
      usedA = 0;
    }
    if (destination + length > b[j + 1]!) {
      j += 2;
      usedB = 0;
    }
  }
  if (i < a.length || j < b.length) throw new BadInput('source and destination hold different numbers of UIDs');
}

/** One side of pairs that are written. Ranges that follow each other become one. */
class Side {
  readonly #parts: string[] = [];
  #lo = 0;
  #hi = 0;

  add(lo: number, length: number): void {
    if (this.#lo > 0 && lo === this.#hi + 1) {
      this.#hi += length;
      return;
    }
    this.#end();
    this.#lo = lo;
    this.#hi = lo + length - 1;
  }

  toString(): string {
    this.#end();
    this.#lo = 0;
    return this.#parts.join(',');
  }

  #end(): void {
    if (this.#lo > 0) this.#parts.push(formatRange(this.#lo, this.#hi));
  }
}
