import { UidSet } from '../../../store/uid/uid-set.js';
import type { Side } from '../../../words/side.js';
import { classify } from '../../responses/classify.js';
import type { ReadAs } from '../connection/loss.js';
import { mayBeOfSome } from './may-be-of-one.js';
import { type Elsewhere, isConvicted, type Strike } from './strikes.js';

/** A window that broke the connection is cut into so many parts. */
const PARTS = 16;

/** After so many breaks in different windows, with none read, the folder is to blame and not a message. */
const IN_VAIN = 6;

/**
 * Finds the messages that keep a folder of one side from being listed or read back. After reading it broke a connection,
 * the folder is read in windows of UIDs. A window that breaks is cut until one message remains: it is left out. Pure.
 */
export class FolderReading {
  #suspected = false;
  /** Whether a window was read since the folder is suspected. */
  #hasRead = false;
  #searchable = true;
  /** The server's words at breaks before any window was read. */
  readonly #inVain: string[] = [];
  /** Windows that broke. Each is read last and by itself. */
  #apart: readonly UidSet[] = [];
  readonly #strikes = new Map<number, readonly Strike[]>();
  readonly #leftOut = new Map<number, string>();

  constructor(private readonly side: Side) {}

  /** Whether the folder must be read in windows. */
  get isTroubled(): boolean {
    return this.#suspected || this.#leftOut.size > 0;
  }

  get hasRead(): boolean {
    return this.#hasRead;
  }

  /** The server's last words if every window broke; null: not every one did. */
  get refusesAll(): string | null {
    return !this.#hasRead && this.#inVain.length >= IN_VAIN ? (this.#inVain.at(-1) ?? null) : null;
  }

  /** Whether SEARCH may be used: it may not once it broke a connection. */
  get isSearchable(): boolean {
    return this.#searchable;
  }

  /** UIDs that are in the folder and cannot be read. */
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

  /** How many times the message failed alone. */
  strikesOf(uid: number): number {
    return this.#strikes.get(uid)?.length ?? 0;
  }

  /** Reading broke a connection, and the message that did it is not known. */
  suspect(command: string): void {
    this.#suspected = true;
    if (command === 'UID SEARCH') this.#searchable = false;
  }

  /** Cuts these UIDs into windows. Windows that broke before come last. No window has a UID that is left out. */
  windows(asked: UidSet): readonly UidSet[] {
    const apart = this.#apart.map((window) => window.intersect(asked)).filter((window) => !window.isEmpty);
    const rest = apart.reduce((left, window) => left.minus(window), asked.minus(this.leftOut));
    return [...parts(rest), ...apart.sort((one, other) => other.size - one.size)];
  }

  /** A window was read, so its messages are no suspects any more. */
  passed(window: UidSet): void {
    this.#hasRead = true;
    this.#apart = this.#apart.map((one) => one.minus(window)).filter((one) => !one.isEmpty);
    for (const uid of this.#strikes.keys()) if (window.has(uid)) this.#strikes.delete(uid);
  }

  /**
   * The connection was lost while only these were read. At the source, a single message is left out at once: it is copied
   * alone and last, and that decides about it. At the destination there is no such second judgement.
   *
   * @param likely  the UID that the server was most likely working on; null: not known
   * @returns the UID that is left out from now on; null: none
   */
  struck(uids: UidSet, likely: number | null, strike: Strike, elsewhere: readonly Elsewhere[]): number | null {
    // The first break may come while the folder is alone for another reason.
    this.#suspected = true;
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

/** The readings of all folders of one side, by wire name. */
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

  /** Messages of a folder that cannot be listed, or not read back. */
  leftOut(folder: string): UidSet {
    return this.of(folder, 'rows').leftOut.union(this.of(folder, 'bodies').leftOut);
  }
}

function parts(uids: UidSet): readonly UidSet[] {
  return uids.isEmpty ? [] : [...uids.chunks(Math.ceil(uids.size / PARTS))];
}
