import { UidSet } from '../../store/uid/uid-set.js';
import type { Side } from '../../words/side.js';
import { LineLost } from '../imap/connection/line-lost.js';
import type { Loss, Unanswered } from '../imap/connection/loss.js';
import type { Refused } from '../imap/session/refused.js';
import { type Finding, NARROWED, NOTHING } from './finding.js';
import { FolderDoubts } from './folder-doubts.js';
import { type FolderReading, Readings } from './readings.js';
import { type Elsewhere, isConvicted, type Strike } from './strikes.js';
import { Suspects } from './suspects.js';

/** A pair of folders by their wire names. */
export interface PairNames {
  readonly source: string;
  readonly destination: string;
}

/** The messages that are tried alone now. */
interface Trial {
  readonly pair: PairNames;
  /** Of the source; null: the folder as a whole, from its opening to its reading back. */
  readonly uids: ReadonlySet<number> | null;
}

const LISTING: ReadonlySet<string> = new Set(['NAMESPACE', 'LIST', 'LSUB']);

/** New suspects in a row with nothing given between: after so many the server itself is in trouble. */
const IN_TROUBLE = 5;

/** Commands that read what a folder holds. */
const READING: ReadonlySet<string> = new Set(['UID FETCH', 'UID SEARCH']);

/** Messages of a folder that cannot be read: where there are more it is the folder. */
const MOST_LEFT_OUT = 50;

interface FolderCase {
  readonly side: Side;
  readonly folder: string;
  readonly strikes: Strike[];
  isConvicted: boolean;
}

/**
 * Finds out what breaks the connections of one mailbox, over the attempts of a run: a message, or a step of a folder.
 * Suspects are put off until all else is done, and then tried alone. It knows no I/O; folders are wire names.
 */
export class Inquiry {
  /** By source folder. */
  readonly #messages = new Map<string, Suspects>();
  readonly #folders = new Map<string, FolderCase>();
  /** Folders into which nothing gets, as it seems. */
  readonly doubts = new FolderDoubts();
  readonly #elsewhere: Record<Side, Elsewhere[]> = { source: [], destination: [] };
  readonly #findings = new WeakMap<Error, Finding>();
  /** Messages that cannot be read, by side. */
  readonly readings: Readonly<Record<Side, Readings>> = {
    source: new Readings('source'),
    destination: new Readings('destination'),
  };
  #trial: Trial | null = null;
  #newInRow = 0;
  /** In this attempt. */
  #takes = false;
  #opens = false;

  /** Messages of a source folder that are suspected. */
  suspectsIn(folder: string): Suspects {
    let suspects = this.#messages.get(folder);
    if (!suspects) {
      suspects = new Suspects();
      this.#messages.set(folder, suspects);
    }
    return suspects;
  }

  /** A step of one of both folders is suspected: the pair goes last, alone. */
  isPutOff({ source, destination }: PairNames): boolean {
    return this.#casesOf({ source, destination }).length > 0 || this.doubts.isDoubted(source);
  }

  /** How often a folder's steps were struck while it was alone. */
  strikesOf(pair: PairNames): number {
    const strikes = this.#casesOf(pair).map((one) => one.strikes.length);
    return Math.max(this.doubts.strikesOf(pair.source).length, ...strikes);
  }

  /** The strikes for which a pair is left out of this run; null: it is not. */
  convictionOf(pair: PairNames): readonly Strike[] | null {
    const { doubts } = this;
    if (doubts.isToBlame(pair.source, this.#elsewhere.destination)) return doubts.strikesOf(pair.source);
    return this.#casesOf(pair).find((one) => one.isConvicted)?.strikes ?? null;
  }

  #casesOf({ source, destination }: PairNames): readonly FolderCase[] {
    const cases = [this.#folders.get(`source ${source}`), this.#folders.get(`destination ${destination}`)];
    return cases.flatMap((one) => one ?? []);
  }

  /** From now on nothing else is under way. @param uids  of the source; null: the folder as a whole */
  begins(pair: PairNames, uids: readonly number[] | null): void {
    this.#trial = { pair, uids: uids && new Set(uids) };
  }

  /** The trial is over: what was tried passed, or its failure was told. */
  ends(): void {
    this.#trial = null;
  }

  /** A folder went through alone: nothing speaks against it any more. */
  acquit({ source, destination }: PairNames): void {
    this.#folders.delete(`source ${source}`);
    this.#folders.delete(`destination ${destination}`);
    this.doubts.acquit(source);
  }

  /** An attempt begins. */
  attempt(): void {
    this.#trial = null;
    this.#takes = false;
    this.#opens = false;
  }

  /** The destination took a message of a source folder: what it fails on is of its own. */
  goesOn(folder: string): void {
    this.doubts.takes(folder);
    this.#newInRow = 0;
    this.#takes = true;
  }

  /** A folder was opened on both sides. */
  opens(): void {
    this.#opens = true;
  }

  /** Draws the conclusion from the error that ended an attempt. */
  hears(error: unknown): Finding {
    if (error instanceof LineLost) return this.#lost(error);
    return (error instanceof Error && this.#findings.get(error)) || NOTHING;
  }

  /** A line was lost: who was under way is suspected, or struck where it was alone. */
  #lost({ side, loss, message }: LineLost): Finding {
    const [oldest] = loss.unanswered;
    if (!oldest) return NOTHING;
    // Listing an account finds out about names by itself, from one connection to the next.
    if (oldest.folder === null) {
      // INBOX is listed with them: not the next time.
      for (const { name, folder } of loss.unanswered)
        if (folder !== null && READING.has(name)) this.readings[side].of(folder, 'rows').suspect('UID FETCH');
      return LISTING.has(oldest.name) ? this.#putOff() : NOTHING;
    }
    const strike: Strike = { ...loss, side, command: oldest.name, words: message, waited: oldest.waited };
    const lone = this.#isAlone(side, loss.unanswered);
    if (!lone) this.#elsewhere[side].push({ age: loss.age, volume: loss.volume });
    if (oldest.uids === null) {
      if (READING.has(oldest.name)) this.readings[side].of(oldest.folder, 'rows').suspect(oldest.name);
      return this.#ofFolder(oldest.folder, lone, strike);
    }
    if (oldest.uids.length === 0) return NOTHING;
    const likely = likeliest(loss, oldest);
    if (oldest.of !== null && oldest.of !== 'copy') {
      const reading = this.readings[side].of(oldest.folder, oldest.of);
      const asked = UidSet.from(oldest.uids);
      return oldest.of === 'flags'
        ? this.#ofFlags(oldest.folder, reading, asked, lone, strike)
        : this.#ofReading(oldest.folder, reading, asked, likely, lone, strike);
    }
    return this.#ofMessages(oldest.folder, oldest.uids, likely, lone, strike);
  }

  /**
   * The source refused messages together, in words that are of no single one, and gives others.
   *
   * @param folder  of the source
   */
  notGiven(folder: string, uids: readonly number[], error: Refused): Finding {
    return this.#ofMessages(folder, uids, uids[0] ?? null, this.#isTrialOf(uids), refusal(error));
  }

  /** The destination refused messages together, in such words. @param folder  of the source */
  notTaken(folder: string, uids: readonly number[], error: Refused): void {
    const lone = this.#isTrialOf(uids);
    // It takes nothing now: that is of no message.
    if (lone && !this.#takes) return;
    this.#findings.set(error, this.#ofMessages(folder, uids, null, lone, refusal(error)));
  }

  /** A step of a folder was refused, in words that are of more than this folder. */
  notOpened(folder: string, error: Refused): Finding {
    const lone = this.#trial !== null && this.#isOfTrial(error.side, folder);
    // No other one can be opened either.
    if (lone && !this.#opens) return NOTHING;
    return this.#ofFolder(folder, lone, refusal(error));
  }

  #isTrialOf(uids: readonly number[]): boolean {
    const tried = this.#trial?.uids;
    return tried != null && uids.every((uid) => tried.has(uid));
  }

  #ofMessages(folder: string, uids: readonly number[], likely: number | null, lone: boolean, strike: Strike): Finding {
    const suspects = this.suspectsIn(folder);
    const isLineOfWriter = strike.side === 'destination' && strike.how !== 'refused';
    if (isLineOfWriter) this.doubts.lost(folder);
    if (!lone || !this.#isTrialOf(uids)) {
      if (suspects.suspect(strike.side, uids, likely)) return this.#putOff();
      // Known, and under way all the same: it is read while the folder is prepared.
      return this.#ofFolder(folder, lone, strike);
    }
    const elsewhere = this.#elsewhere[strike.side];
    const loneTry = { uids, isOfSuspects: uids.some((uid) => suspects.has(uid)) };
    const tried = suspects.struck(uids, likely, strike, elsewhere);
    const isInOneCommand = uids.length === this.#trial?.uids?.size;
    if (isLineOfWriter && isInOneCommand && this.doubts.struck(folder, loneTry, strike, elsewhere))
      return { kind: 'folder', side: strike.side, folder, strikes: this.doubts.strikesOf(folder) };
    if (tried.kind === 'convicted') return { kind: 'message', folder, uid: tried.uid, strikes: tried.strikes };
    return { kind: 'narrowed', tried: 'alone', strikes: uids.length === 1 ? suspects.strikesOf(uids[0]!) : 0 };
  }

  /** A folder was read in windows: the one that broke is cut. */
  #ofReading(
    folder: string,
    reading: FolderReading,
    uids: UidSet,
    likely: number | null,
    lone: boolean,
    strike: Strike,
  ): Finding {
    const { side, command } = strike;
    const elsewhere = this.#elsewhere[side];
    if (!lone) {
      reading.suspect(command);
      return this.#ofFolder(folder, lone, strike);
    }
    const leftOut = reading.struck(uids, likely, strike, elsewhere);
    // Whether it can be copied at all is found out by its body.
    if (leftOut !== null && side === 'source') this.suspectsIn(folder).struck([leftOut], leftOut, strike, elsewhere);
    if (!reading.hasRead || reading.leftOut.size > MOST_LEFT_OUT) return this.#ofFolder(folder, lone, strike);
    return { kind: 'narrowed', tried: 'alone', strikes: uids.size === 1 ? reading.strikesOf(uids.first!) : 0 };
  }

  /** Flags were set. The folder is never to blame for that: its messages arrived. */
  #ofFlags(folder: string, storing: FolderReading, uids: UidSet, lone: boolean, strike: Strike): Finding {
    if (!lone) {
      storing.suspect(strike.command);
      return this.#ofFolder(folder, lone, strike);
    }
    storing.struck(uids, null, strike, this.#elsewhere[strike.side]);
    return { kind: 'narrowed', tried: 'alone', strikes: uids.size === 1 ? storing.strikesOf(uids.first!) : 0 };
  }

  #ofFolder(folder: string, lone: boolean, strike: Strike): Finding {
    const { side } = strike;
    const key = `${side} ${folder}`;
    const known = this.#folders.get(key);
    if (!known) {
      this.#folders.set(key, { side, folder, strikes: [], isConvicted: false });
      return this.#putOff();
    }
    if (!lone) return NOTHING;
    known.strikes.push(strike);
    known.isConvicted = isConvicted(known.strikes, this.#elsewhere[side]);
    if (!known.isConvicted) return { kind: 'narrowed', tried: 'alone', strikes: known.strikes.length };
    return { kind: 'folder', side, folder, strikes: known.strikes };
  }

  /** Suspects that are found one after the other, with nothing given between, are none. */
  #putOff(): Finding {
    this.#newInRow++;
    return this.#newInRow > IN_TROUBLE ? NOTHING : NARROWED;
  }

  #isAlone(side: Side, unanswered: readonly Unanswered[]): boolean {
    const trial = this.#trial;
    if (!trial) return false;
    return unanswered.every(
      ({ folder, uids }) =>
        folder !== null &&
        this.#isOfTrial(side, folder) &&
        (trial.uids === null || uids === null || uids.every((uid) => trial.uids?.has(uid))),
    );
  }

  /** An APPEND is about messages of the source folder. */
  #isOfTrial(side: Side, folder: string): boolean {
    const { source, destination } = this.#trial?.pair ?? {};
    return folder === source || (side === 'destination' && folder === destination);
  }
}

function refusal({ side, command, line }: Refused): Strike {
  return { side, command, how: 'refused', words: line, waited: 0, age: 0, volume: 0 };
}

/** The row that broke off; else the first that did not come, where some came. */
function likeliest({ brokenRow }: Loss, { uids, isBegun }: Unanswered): number | null {
  if (brokenRow !== null && uids?.includes(brokenRow)) return brokenRow;
  return isBegun ? (uids?.[0] ?? null) : null;
}
