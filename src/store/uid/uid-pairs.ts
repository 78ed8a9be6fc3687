import { checkUid, type Uid } from './uid.js';
import { formatPairs, type PairRun, type PairsText, parsePairs } from './uid-pairs-text.js';
import { RunIndex } from './uid-run-index.js';

/** The numbers of a run: source, destination, length. */
const WIDTH = 3;

/**
 * Pairs of source and destination UIDs, as runs in the order of their OK. A copy in order is one run however long it
 * is. At worst, each message is a run of 12 bytes.
 */
export class UidPairs implements Iterable<readonly [source: Uid, destination: Uid]> {
  #cells = new Uint32Array(WIDTH * 4);
  #runs = 0;
  #size = 0;
  #sealed = 0;
  readonly #bySource = new RunIndex(this.#side(0));
  readonly #byDestination = new RunIndex(this.#side(1));

  /** @throws BadInput  when a text is no set, or they do not hold equally many UIDs */
  static parse(text: PairsText): UidPairs {
    const pairs = new UidPairs();
    pairs.appendText(text);
    return pairs;
  }

  /** The number of pairs. */
  get size(): number {
    return this.#size;
  }

  get runs(): number {
    return this.#runs;
  }

  /** Adds a pair at the end. The caller knows whether either UID is in a pair already. */
  append(source: Uid, destination: Uid): void {
    this.appendRun({ source, destination, length: 1 });
  }

  appendRun(run: PairRun): void {
    checkUid(run.source);
    checkUid(run.destination);
    checkUid(Math.max(run.source, run.destination) + run.length - 1);
    this.#size += run.length;
    const last = this.#runs - 1;
    if (last >= this.#sealed) {
      const length = this.#cell(last, 2);
      if (this.#cell(last, 0) + length === run.source && this.#cell(last, 1) + length === run.destination) {
        this.#cells[last * WIDTH + 2] = length + run.length;
        return;
      }
    }
    if ((this.#runs + 1) * WIDTH > this.#cells.length) {
      const grown = new Uint32Array((this.#runs + (this.#runs >>> 1) + 4) * WIDTH);
      grown.set(this.#cells);
      this.#cells = grown;
    }
    this.#cells.set([run.source, run.destination, run.length], this.#runs * WIDTH);
    this.#runs++;
  }

  appendText(text: PairsText): void {
    for (const run of parsePairs(text)) this.appendRun(run);
  }

  destinationOf(source: Uid): Uid | undefined {
    const run = this.#bySource.find(source);
    return run < 0 ? undefined : this.#cell(run, 1) + source - this.#cell(run, 0);
  }

  sourceOf(destination: Uid): Uid | undefined {
    const run = this.#byDestination.find(destination);
    return run < 0 ? undefined : this.#cell(run, 0) + destination - this.#cell(run, 1);
  }

  /** Runs `from` to `to`, the last one not included. */
  *slice(from = 0, to = this.#runs): Generator<PairRun> {
    for (let run = from; run < to; run++) {
      yield { source: this.#cell(run, 0), destination: this.#cell(run, 1), length: this.#cell(run, 2) };
    }
  }

  /** Runs `from` to `to` as COPYUID writes them. */
  text(from = 0, to = this.#runs): PairsText {
    return formatPairs(this.slice(from, to));
  }

  /** Keeps the runs before `run` as they are from now on: they are in files that are written only once. */
  seal(run: number): void {
    this.#sealed = run;
  }

  /** Sorts the runs that are not sealed by source UID, and joins runs that follow each other. */
  compact(): void {
    const runs = [...this.slice(this.#sealed)].sort((a, b) => a.source - b.source);
    for (const run of runs) this.#size -= run.length;
    this.#runs = this.#sealed;
    for (const run of runs) this.appendRun(run);
    this.#bySource.reset();
    this.#byDestination.reset();
  }

  *[Symbol.iterator](): Generator<readonly [source: Uid, destination: Uid]> {
    for (const { source, destination, length } of this.slice()) {
      for (let i = 0; i < length; i++) yield [source + i, destination + i];
    }
  }

  #cell(run: number, column: number): number {
    return this.#cells[run * WIDTH + column]!;
  }

  #side(column: 0 | 1) {
    const lo = (run: number) => this.#cell(run, column);
    const length = (run: number) => this.#cell(run, 2);
    const count = () => this.#runs;
    return {
      get count() {
        return count();
      },
      lo,
      length,
    };
  }
}
