import { UidSet } from '../../store/uid/uid-set.js';
import type { Side } from '../../words/side.js';
import type { ReadAs } from '../imap/connection/loss.js';
import { classify } from '../responses/classify.js';
import { mayBeOfSome } from './may-be-of-one.js';
import { type Elsewhere, isConvicted, type Strike } from './strikes.js';

/** Commands by which a folder is read that broke a connection, and parts into which one of them is cut. */
const PARTS = 16;

/** Breaks in different windows, with none read, after which the folder is at fault, and not a message. */
const IN_VAIN = 6;

/**
 * Messages with which a folder of one side cannot be read: not listed, not read back. Where reading it broke a connection
 * it is read in windows, and the window that breaks is cut until one message is left, which is left out. Pure.
 */
export class FolderReading {
  #suspected = false;
  /** A window of it was read since it is suspected. */
  #hasRead = false;
  #searchable = true;
  /** Words of the breaks before any window was read. */
  readonly #inVain: string[] = [];
  /** They broke: read last, each by itself. */
  #apart: readonly UidSet[] = [];
  readonly #strikes = new Map<number, readonly Strike[]>();
  readonly #leftOut = new Map<number, string>();

  constructor(private readonly side: Side) {}

  /** It is to be read in windows. */
  get isTroubled(): boolean {
    return this.#suspected || this.#leftOut.size > 0;
  }

  get hasRead(): boolean {
    return this.#hasRead;
  }

  /** The server's last words, where it broke at whatever it was given; null: it did not. */
  get refusesAll(): string | null {
    return !this.#hasRead && this.#inVain.length >= IN_VAIN ? (this.#inVain.at(-1) ?? null) : null;
  }

  /** False once SEARCH broke a connection. */
  get isSearchable(): boolean {
    return this.#searchable;
  }

  /** UIDs of messages that are there and cannot be read. */
  get leftOut(): UidSet {
    return UidSet.from(this.#leftOut.keys());
  }

  /** The server's last words about such messages: uids by words. */
  get told(): ReadonlyMap<string, UidSet> {
    const told = new Map<string, UidSet>();
    for (const [uid, words] of this.#leftOut)
      told.set(words, (told.get(words) ?? new UidSet()).union(UidSet.from([uid])));
    return told;
  }

  /** How often a message was struck while its window was read. */
  strikesOf(uid: number): number {
    return this.#strikes.get(uid)?.length ?? 0;
  }

  /** Reading it broke a connection, and nobody knows with which message. */
  suspect(command: string): void {
    this.#suspected = true;
    if (command === 'UID SEARCH') this.#searchable = false;
  }

  /** These messages as windows, those that broke last and each by itself. What is left out is in none. */
  windows(asked: UidSet): readonly UidSet[] {
    const apart = this.#apart.map((window) => window.intersect(asked)).filter((window) => !window.isEmpty);
    const rest = apart.reduce((left, window) => left.minus(window), asked.minus(this.leftOut));
    return [...parts(rest), ...apart.sort((one, other) => other.size - one.size)];
  }

  /** A window was read: nothing speaks against its messages any more. */
  passed(window: UidSet): void {
    this.#hasRead = true;
    this.#apart = this.#apart.map((one) => one.minus(window)).filter((one) => !one.isEmpty);
    for (const uid of this.#strikes.keys()) if (window.has(uid)) this.#strikes.delete(uid);
  }

  /**
   * The line was lost while these were read, and nothing else was under way. At the source one message is left out at
   * once: it is copied by itself, last, and is judged then. At the destination nobody else judges it.
   *
   * @param likely  one that the server was most likely working on; null: nobody knows
   * @returns the message that is left out now; null: none
   */
  struck(uids: UidSet, likely: number | null, strike: Strike, elsewhere: readonly Elsewhere[]): number | null {
    this.#apart = this.#apart.map((window) => window.minus(uids)).filter((window) => !window.isEmpty);
    const { first } = uids;
    if (first === undefined) return null;
    if (!this.#hasRead) this.#inVain.push(strike.words);
    if (uids.size > 1) {
      const one = likely !== null && uids.has(likely) ? UidSet.from([likely]) : null;
      this.#apart = [...this.#apart, ...(one ? [uids.minus(one), one] : parts(uids))];
      return null;
    }
    const strikes = [...(this.#strikes.get(first) ?? []), strike];
    this.#strikes.set(first, strikes);
    if (this.side === 'destination' && !isConvicted(strikes, elsewhere)) {
      this.#apart = [...this.#apart, uids];
      return null;
    }
    this.leaveOut(first, strike.words);
    return first;
  }

  /** @param words  of the server */
  leaveOut(uid: number, words: string): void {
    this.#leftOut.set(uid, words);
  }
}

/** Of all folders of one side, by wire name. */
export class Readings {
  readonly #folders: Readonly<Record<ReadAs, Map<string, FolderReading>>> = {
    rows: new Map(),
    bodies: new Map(),
    flags: new Map(),
  };

  constructor(private readonly side: Side) {}

  /** Whether a refused FETCH may be due to some of the messages asked for. @param line  without its tag */
  mayBeOfSome(line: string): boolean {
    return mayBeOfSome(classify({ line, command: 'UID FETCH', side: this.side }));
  }

  of(folder: string, as: ReadAs): FolderReading {
    let reading = this.#folders[as].get(folder);
    if (!reading) {
      reading = new FolderReading(this.side);
      this.#folders[as].set(folder, reading);
    }
    return reading;
  }

  /** Messages of a folder that cannot be read, in either way. */
  leftOut(folder: string): UidSet {
    return this.of(folder, 'rows').leftOut.union(this.of(folder, 'bodies').leftOut);
  }
}

function parts(uids: UidSet): readonly UidSet[] {
  return uids.isEmpty ? [] : [...uids.chunks(Math.ceil(uids.size / PARTS))];
}
