import { UidSet } from '../../../store/uid/uid-set.js';
import type { Outstanding } from '../connection/loss.js';
import { Refused } from '../session/refused.js';
import type { Desk } from './desk.js';
import { searchUids } from './search.js';
import { setsOf, uidsIn } from './uid-windows.js';

/** Reads a sequence set. @throws Refused */
export type ReadSet = (set: string, outstanding: Outstanding | null) => Promise<void>;

/** Windows that may be refused before any was read. After these the server is taken to refuse all. */
const MOST_IN_VAIN = 3;
/** Commands that may be refused in one folder. After these, more than single messages are at fault. */
const MOST_REFUSED = 200;
/** How often a single message is asked for before its refusal is believed. */
const TRIES = 3;
/** The most UIDs that a set is taken to name. A larger set says nothing about which messages exist. */
const MOST_UIDS = 1_000_000;

/**
 * Reads a set of a folder's messages in one command. Where that is refused, or broke a connection before, the folder is
 * read in windows, and what cannot be read is left out: `desk.readings` has it, with the server's words.
 *
 * @param came  UIDs of the rows that came; filled by `read`
 * @throws Refused where the server refuses all, ConnectionLost
 */
export async function readNarrowed(
  desk: Desk,
  folder: string,
  set: string,
  came: UidSet,
  read: ReadSet,
): Promise<void> {
  let refused: Refused | null = null;
  if (!desk.readings.of(folder, 'rows').isTroubled) {
    try {
      return await read(set, null);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // A refusal to list an empty folder is good news: nothing is to be read.
      if (desk.exists(folder) === 0 || !desk.readings.mayBeOfSome(error.line)) throw error;
      refused = error;
    }
  }
  // The connection broke where nothing is to be read: that is good news, too.
  if (!refused && (await desk.open(folder)).messages === 0) return;
  const there = await namedIn(desk, folder, set);
  if (refused && there?.isEmpty) throw refused;
  if (there) return new Apart(desk, folder, came, read).all(there);
  if (refused) throw refused;
  await read(set, null);
}

/** UIDs of the set that may exist; null: nobody knows. */
async function namedIn(desk: Desk, folder: string, set: string): Promise<UidSet | null> {
  const asked = uidsIn(set);
  if (desk.readings.of(folder, 'rows').isSearchable) {
    const { uids, answer } = await searchUids(desk, folder, set);
    // `n:*` names the last message also where its UID is under n (RFC 9051 section 6.4.9).
    if (answer.status === 'OK') return uids.intersect(asked);
  }
  const { uidNext } = await desk.open(folder);
  const given = uidNext === null ? asked : asked.intersect(UidSet.range(1, Math.max(1, uidNext - 1)));
  return given.size > MOST_UIDS ? null : given;
}

class Apart {
  #refused: Refused | null = null;
  #passed = 0;
  #refusals = 0;
  readonly #single = new Map<number, Refused>();

  constructor(
    private readonly desk: Desk,
    private readonly folder: string,
    private readonly came: UidSet,
    private readonly read: ReadSet,
  ) {}

  async all(there: UidSet): Promise<void> {
    const reading = this.desk.readings.of(this.folder, 'rows');
    const queue = [...reading.windows(there)];
    // A refused window is cut, and its parts are read last: if other messages come meanwhile, the refusal is about
    // these.
    for (let window = queue.shift(); window; window = queue.shift()) queue.push(...(await this.#window(window)));
    for (let tries = 1; tries < TRIES && this.#single.size > 0; tries++) {
      for (const uid of [...this.#single.keys()]) await this.#window(UidSet.from([uid]));
    }
    if (this.#refused && this.#passed === 0) throw this.#refused;
    for (const [uid, { line }] of this.#single) reading.leaveOut(uid, line);
  }

  /** Reads a window.  @returns parts that are to be asked for instead */
  async #window(window: UidSet): Promise<readonly UidSet[]> {
    const { desk, folder, came, read } = this;
    try {
      for (const set of setsOf(window)) {
        const uids = () => [...uidsIn(set)].filter((uid) => !came.has(uid));
        await read(set, { of: 'rows', uids });
      }
    } catch (error) {
      if (!(error instanceof Refused) || !desk.readings.mayBeOfSome(error.line)) throw error;
      return this.#cut(window, error);
    }
    this.#passed++;
    desk.readings.of(folder, 'rows').passed(window);
    for (const uid of [...this.#single.keys()]) if (window.has(uid)) this.#single.delete(uid);
    return [];
  }

  #cut(window: UidSet, refused: Refused): readonly UidSet[] {
    this.#refused ??= refused;
    this.#refusals++;
    if ((this.#passed === 0 && this.#refusals >= MOST_IN_VAIN) || this.#refusals > MOST_REFUSED) throw this.#refused;
    const { size } = window;
    if (size > 1) return [...window.chunks(Math.ceil(size / 2))];
    this.#single.set(window.first!, refused);
    return [];
  }
}
