import type { Side } from '../../../words/side.js';
import { Readings } from '../apart/readings.js';
import type { About } from '../connection/loss.js';
import { USUAL } from '../connection/silence-limits.js';
import type { Tagged } from '../connection/tagged.js';
import type { Listener, OnData, Wire } from '../connection/wire.js';
import type { Piece } from '../grammar/piece.js';
import { must, Refused } from '../session/refused.js';
import type { Session } from '../session/session.js';
import { folderStatus, type Opened, openFolder, readExists } from './folders.js';
import { announcedLimit } from './message-limit.js';
import type { FolderStatus } from './status.js';
import { UidValidities } from './uid-validities.js';

/** The UIDs of a folder mean something else than a moment ago (RFC 9051 section 2.3.1.1). The pass starts afresh. */
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

/** An untagged response about messages of the open folder. */
const ROW = /^\* +(?:\d+ +FETCH|UIDFETCH|E?SEARCH)\b/i;

/** Counts the bodies that a connection reads, where its account may read only so many bytes a day. */
export interface BodyMeter {
  /**
   * Takes the sizes of what is about to be asked for.
   *
   * @returns called when all of it came, and was counted
   * @throws where it is too much
   */
  expects(sizes: readonly number[]): Promise<() => void>;
  came(sizes: readonly number[]): void;
}

interface Opening {
  readonly folder: string;
  readonly opened: Promise<Opened>;
  /** Set as soon as the answer is read, before any response behind it is looked at. */
  failure: Error | null;
}

/** Facts about a folder that the server told since it was opened last. */
interface Told {
  readonly opened: Opened;
  exists: number | null;
}

/**
 * Puts commands on one connection, each into the folder that it is meant for, without waiting. Where another folder was
 * open, an EXAMINE (or SELECT) goes first.
 */
export class Desk {
  #current: Opening | null = null;
  /** Facts by folder. Several folders are read at a time, and answers of the next one may come in the same packet. */
  readonly #told = new Map<string, Told>();
  /** Milliseconds of silence after which a command is given up, together with its connection. */
  patience = USUAL;
  #messageLimit: number | null;
  /** `keywords`: the labels of a message that is copied (X-GM-LABELS) are added to its flags. */
  labels: 'unasked' | 'keywords' = 'unasked';
  /**
   * `alone`: each command is answered before the next one is sent, so that the one that breaks the connection is known.
   */
  turn: 'in flight' | 'alone' = 'in flight';
  /** Null: nobody limits the bytes that are read. */
  meter: BodyMeter | null = null;

  /**
   * @param uidValidities shared by the connections of a side: UIDs that one lists are asked of another
   * @param readings      what of its folders cannot be read, as this run found out
   */
  constructor(
    private readonly session: Session,
    private readonly how: 'EXAMINE' | 'SELECT',
    readonly uidValidities: UidValidities = new UidValidities(),
    readonly readings: Readings = new Readings(session.wire.side),
  ) {
    this.#messageLimit = announcedLimit(session.capabilities);
  }

  get wire(): Wire {
    return this.session.wire;
  }

  /** Opens a folder. If it is open already, gives the result of its opening. */
  open(folder: string): Promise<Opened> {
    return this.#opening(folder).opened;
  }

  /**
   * The result of the folder's last opening, set before any response behind the answer is looked at; null before the
   * first one.
   */
  lastOpened(folder: string): Opened | null {
    return this.#told.get(folder)?.opened ?? null;
  }

  /** Whether some folder that was opened keeps every keyword (`\*` in PERMANENTFLAGS, RFC 9051 section 7.1). */
  get keepsAllKeywords(): boolean {
    return [...this.#told.values()].some(({ opened }) => opened.permanentFlags?.has('\\*'));
  }

  /**
   * Messages in the folder since its last opening, counting those that came since; null: the server does not count
   * them.
   */
  exists(folder: string): number | null {
    return this.#told.get(folder)?.exists ?? null;
  }

  /** The most messages that the server handles in one command (RFC 9738); null: there is no limit. */
  get messageLimit(): number | null {
    return this.#messageLimit;
  }

  /** @param most null: the server did not say how many */
  learnLimit(most: number | null): void {
    if (most !== null) this.#messageLimit = Math.min(most, this.#messageLimit ?? most);
  }

  /** STATUS of a folder, whichever folder is open.  @throws Refused */
  status(folder: string): Promise<FolderStatus> {
    return folderStatus(this.session, folder);
  }

  /** Opens a folder again, because its counters may have moved. */
  reopen(folder: string): Promise<Opened> {
    this.#current = null;
    return this.open(folder);
  }

  /**
   * A command that was refused behind another one is asked again alone, once (see FlowFinder).
   *
   * @param outstanding  which messages the command waits for, where it names single ones: for who looks for the
   *                     cause of a lost connection
   * @param onLiteral    see {@link Listener}
   * @returns the answer; also where it is NO or BAD
   * @throws Refused where the folder could not be opened
   * @throws UidValidityChanged, ConnectionLost
   */
  async command(
    folder: string,
    name: string,
    pieces: readonly Piece[],
    onData: OnData = () => false,
    outstanding: About['outstanding'] = null,
    onLiteral?: Listener['onLiteral'],
  ): Promise<Tagged> {
    let isAnswered = false;
    const opening = this.#opening(folder);
    const ask = (from: Opening, turn: 'in flight' | 'alone') =>
      this.wire.command(name, pieces, {
        onData: (response) => {
          // A server may keep the former folder open. Its rows are then nobody's, and least of all the next command's.
          if (from.failure) return ROW.test(response.text);
          this.#grown(folder, readExists(response));
          const isOurs = onData(response);
          isAnswered ||= isOurs;
          return isOurs;
        },
        about: { folder, outstanding },
        onLiteral,
        patience: this.patience,
        turn,
      });
    const [opened, tagged] = await Promise.allSettled([opening.opened, ask(opening, this.turn)]);
    if (opened.status === 'rejected') throw opened.reason;
    if (tagged.status === 'rejected') throw tagged.reason;
    // The folder opened only when that was asked for again, so the command behind the first try found none open.
    const foundNone = opening.failure !== null;
    if (!foundNone && (isAnswered || !this.wire.asksAgain(tagged.value))) return tagged.value;
    const anew = foundNone ? this.#opening(folder) : this.#open(folder, 'alone');
    const [, again] = await Promise.all([anew.opened, ask(anew, 'alone')]);
    this.wire.answeredAlone(again.status === 'OK' ? 'served' : 'refused');
    return again;
  }

  #opening(folder: string): Opening {
    if (this.#current?.folder === folder && !this.#current.failure) return this.#current;
    return this.#open(folder, this.turn);
  }

  #open(folder: string, turn: 'in flight' | 'alone'): Opening {
    const { wire } = this;
    const opening: Opening = {
      folder,
      failure: null,
      opened: openFolder(this.session, this.how, folder, { patience: this.patience, turn }, (answer, opened) => {
        this.#told.set(folder, { opened, exists: opened.messages });
        if (answer.status !== 'OK') opening.failure = new Refused(wire.side, this.how, answer.line, folder);
        else opening.failure = this.#check(folder, opened);
        if (opening.failure && this.#current === opening) this.#current = null;
      }).then(({ answer, opened }) => {
        if (turn === 'in flight' && wire.asksAgain(answer)) return this.#openAgain(folder);
        must(wire.side, this.how, answer, folder);
        if (opening.failure) throw opening.failure;
        return opened;
      }),
    };
    opening.opened.catch(() => {});
    this.#current = opening;
    return opening;
  }

  async #openAgain(folder: string): Promise<Opened> {
    const again = this.#open(folder, 'alone');
    const [{ status }] = await Promise.allSettled([again.opened]);
    this.wire.answeredAlone(status === 'fulfilled' ? 'served' : 'refused');
    return again.opened;
  }

  #grown(folder: string, exists: number | null | undefined): void {
    const told = this.#told.get(folder);
    if (told) told.exists = exists ?? told.exists;
  }

  #check(folder: string, { uidValidity }: Opened): Error | null {
    const seen = this.uidValidities.see(folder, uidValidity);
    if (seen.kind === 'same') return null;
    return new UidValidityChanged(this.wire.side, folder, seen.before, uidValidity);
  }
}
