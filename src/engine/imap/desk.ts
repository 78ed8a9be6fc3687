import type { Side } from '../../words/side.js';
import { type Opened, openFolder } from './folders.js';
import type { Piece } from './piece.js';
import { must, Refused } from './refused.js';
import type { Session } from './session.js';
import type { Tagged } from './tagged.js';
import type { OnData, Wire } from './wire.js';

/** A folder's UIDs mean something else than a moment ago: the pass starts afresh (RFC 9051 section 2.3.1.1). */
export class UidValidityChanged extends Error {
  override readonly name = 'UidValidityChanged';
  constructor(
    readonly side: Side,
    readonly folder: string,
    readonly before: string | null,
    readonly now: string | null,
  ) {
    super(`UIDVALIDITY of ${folder} changed from ${before} to ${now}`);
  }
}

interface Opening {
  readonly folder: string;
  readonly opened: Promise<Opened>;
  /** Set as soon as the answer is read, before any row behind it is. */
  failure: Error | null;
}

/**
 * Puts commands on one connection, each into the folder it is meant for, without waiting: where
 * the folder before was another one, an EXAMINE (or SELECT) goes first.
 */
export class Desk {
  readonly #uidValidity = new Map<string, string | null>();
  #current: Opening | null = null;
  #lastOpened: Opened | null = null;

  constructor(
    private readonly session: Session,
    private readonly how: 'EXAMINE' | 'SELECT',
  ) {}

  get wire(): Wire {
    return this.session.wire;
  }

  /** Opens a folder, or gives what its opening said where it is open already. */
  open(folder: string): Promise<Opened> {
    return this.#opening(folder).opened;
  }

  /** What the last opening said, known before any row behind its answer is looked at; null before the first. */
  get lastOpened(): Opened | null {
    return this.#lastOpened;
  }

  /** Opens a folder again: its counters may have moved. */
  reopen(folder: string): Promise<Opened> {
    this.#current = null;
    return this.open(folder);
  }

  /**
   * @returns the answer; also where it is NO or BAD
   * @throws Refused where the folder could not be opened
   * @throws UidValidityChanged, LineLost
   */
  async command(folder: string, name: string, pieces: readonly Piece[], onData?: OnData): Promise<Tagged> {
    const opening = this.#opening(folder);
    const answer = this.wire.command(name, pieces, (response) =>
      opening.failure ? false : (onData?.(response) ?? false),
    );
    const [opened, tagged] = await Promise.allSettled([opening.opened, answer]);
    if (opened.status === 'rejected') throw opened.reason;
    if (tagged.status === 'rejected') throw tagged.reason;
    return tagged.value;
  }

  #opening(folder: string): Opening {
    if (this.#current?.folder === folder && !this.#current.failure) return this.#current;
    const opening: Opening = {
      folder,
      failure: null,
      opened: openFolder(this.session, this.how, folder, (answer, opened) => {
        this.#lastOpened = opened;
        if (answer.status !== 'OK') opening.failure = new Refused(this.wire.side, this.how, answer.line, folder);
        else opening.failure = this.#check(folder, opened);
        if (opening.failure && this.#current === opening) this.#current = null;
      }).then(({ answer, opened }) => {
        must(this.wire.side, this.how, answer, folder);
        if (opening.failure) throw opening.failure;
        return opened;
      }),
    };
    opening.opened.catch(() => {});
    this.#current = opening;
    return opening;
  }

  #check(folder: string, opened: Opened): Error | null {
    const before = this.#uidValidity.get(folder);
    this.#uidValidity.set(folder, opened.uidValidity);
    if (before === undefined || before === opened.uidValidity) return null;
    return new UidValidityChanged(this.wire.side, folder, before, opened.uidValidity);
  }
}
