import { UidSet } from '../../store/uid/uid-set.js';
import type { Side } from '../../words/side.js';
import { LineLost } from '../imap/connection/line-lost.js';
import type { Unanswered } from '../imap/connection/loss.js';
import { LoginFailed } from '../imap/session/login-failed.js';
import type { Refused } from '../imap/session/refused.js';
import { type Finding, NARROWED, NOTHING } from './finding.js';
import { FolderDoubts } from './folder-doubts.js';
import { type FolderReading, Readings } from './readings.js';
import { Shakiness } from './shakiness.js';
import { type Elsewhere, isConvicted, likeliest, refusal, type Strike } from './strikes.js';
import { Suspects } from './suspects.js';

/** A pair of folders by their wire names. */
export interface PairNames {
  readonly source: string;
  readonly destination: string;
}

/** The messages that are tried alone now. */
interface Trial {
  readonly pair: PairNames;
  /** Source UIDs; null: the whole folder, from opening it to reading it back. */
  readonly uids: ReadonlySet<number> | null;
}

const LISTING: ReadonlySet<string> = new Set(['NAMESPACE', 'LIST', 'LSUB']);

/** After so many new suspects in a row, with no message copied in between, the server itself is taken to be in trouble. */
const IN_TROUBLE = 5;

/** Commands that read what a folder holds. */
const READING: ReadonlySet<string> = new Set(['UID FETCH', 'UID SEARCH']);

/** When more messages of a folder than this cannot be read, the folder is to blame. */
const MOST_LEFT_OUT = 50;

interface FolderCase {
  readonly side: Side;
  readonly folder: string;
  readonly strikes: Strike[];
  isConvicted: boolean;
}

/**
 * Finds the message, or the step of a folder, that breaks the connections of one mailbox. It learns from all attempts of
 * a run. Suspects are put off until all else is done, then tried alone. It does no I/O; folders are wire names.
 */
export class Inquiry {
  /** Suspected messages, by source folder. */
  readonly #messages = new Map<string, Suspects>();
  readonly #folders = new Map<string, FolderCase>();
  /** Destination folders that seem to take no message at all. */
  readonly doubts = new FolderDoubts();
  readonly #elsewhere: Record<Side, Elsewhere[]> = { source: [], destination: [] };
  readonly #findings = new WeakMap<Error, Finding>();
  /** Messages that cannot be read, by side. */
  readonly readings: Readonly<Record<Side, Readings>> = {
    source: new Readings('source'),
    destination: new Readings('destination'),
  };
  readonly #shakiness = new Shakiness();
  #trial: Trial | null = null;
  #newInRow = 0;
  /** The destination took a message in this attempt. */
  #takes = false;
  /** A folder was opened on both sides in this attempt. */
  #opens = false;

  /** The suspected messages of a source folder. */
  suspectsIn(folder: string): Suspects {
    let suspects = this.#messages.get(folder);
    if (!suspects) {
      suspects = new Suspects();
      this.#messages.set(folder, suspects);
    }
    return suspects;
  }

  /** Whether the pair is copied last and alone, because a step of one of its folders is suspected. */
  isPutOff({ source, destination }: PairNames): boolean {
    return this.#casesOf({ source, destination }).length > 0 || this.doubts.isDoubted(source);
  }

  /** How many times the pair failed while nothing else was under way. */
  strikesOf(pair: PairNames): number {
    const strikes = this.#casesOf(pair).map((one) => one.strikes.length);
    return Math.max(this.doubts.strikesOf(pair.source).length, ...strikes);
  }

  /** The failures that leave the pair out of this run; null: it is not left out. */
  convictionOf(pair: PairNames): readonly Strike[] | null {
    const { doubts } = this;
    if (doubts.isToBlame(pair.source, this.#elsewhere.destination)) return doubts.strikesOf(pair.source);
    return this.#casesOf(pair).find((one) => one.isConvicted)?.strikes ?? null;
  }

  #casesOf({ source, destination }: PairNames): readonly FolderCase[] {
    const cases = [this.#folders.get(`source ${source}`), this.#folders.get(`destination ${destination}`)];
    return cases.flatMap((one) => one ?? []);
  }

  /** A trial begins: nothing else is under way until it ends. @param uids  source UIDs; null: the whole folder */
  begins(pair: PairNames, uids: readonly number[] | null): void {
    this.#trial = { pair, uids: uids && new Set(uids) };
  }

  /** The trial is over: it passed, or its failure was reported. */
  ends(): void {
    this.#trial = null;
  }

  /** The pair was copied alone without a failure, so it is no suspect any more. */
  acquit({ source, destination }: PairNames): void {
    this.#folders.delete(`source ${source}`);
    this.#folders.delete(`destination ${destination}`);
    this.doubts.acquit(source);
  }

  /** An attempt begins. */
  attempt(): void {
    this.#shakiness.attempt();
    this.#trial = null;
    this.#takes = false;
    this.#opens = false;
  }

  /** The destination took a message of this source folder, so the folder itself is not to blame. */
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
    if (error instanceof LoginFailed && error.line === null) this.#shakiness.dropped(error.side);
    return (error instanceof Error && this.#findings.get(error)) || NOTHING;
  }

  /** A connection was lost. Messages under way become suspects; one that was alone gets a strike. */
  #lost({ side, loss, message }: LineLost): Finding {
    const [oldest] = loss.unanswered;
    if (!oldest) {
      this.#shakiness.dropped(side);
      return NOTHING;
    }
    // The listing of folders keeps its own record of names that break connections.
    if (oldest.folder === null) {
      // INBOX was read in the same flight: the next connection does not do that.
      for (const { name, folder } of loss.unanswered)
        if (folder !== null && READING.has(name)) this.readings[side].of(folder, 'rows').suspect('UID FETCH');
      return LISTING.has(oldest.name) ? this.#putOff() : NOTHING;
    }
    const { name: command, waited } = oldest;
    const strike: Strike = { ...loss, side, command, words: message, waited, line: this.#shakiness.of(side) };
    const lone = this.#isAlone(side, loss.unanswered);
    if (!lone) this.#elsewhere[side].push({ age: loss.age, volume: loss.volume });
    if (oldest.uids === null) {
      if (READING.has(oldest.name)) this.readings[side].of(oldest.folder, 'rows').suspect(oldest.name);
      return this.#ofFolder(oldest.folder, lone, strike);
    }
    if (oldest.uids.length === 0) return this.#ofFolder(oldest.folder, lone, strike);
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
   * The source refused a command on several messages, in words that name none of them, and it gives other messages.
   *
   * @param folder  of the source
   */
  notGiven(folder: string, uids: readonly number[], error: Refused): Finding {
    return this.#ofMessages(folder, uids, uids[0] ?? null, this.#isTrialOf(uids), refusal(error));
  }

  /** The destination refused some of these, in words that name none of them. @param folder  of the source */
  notTaken(folder: string, uids: readonly number[], error: Refused, isTaken: (uid: number) => boolean): void {
    const [lone, suspects] = [this.#isTrialOf(uids), this.suspectsIn(folder)];
    // The destination takes nothing at all now, so no single message is to blame.
    if (lone && !this.#takes && !suspects.werePassedBy(uids)) return;
    suspects.notTaken(uids, isTaken);
    this.#findings.set(error, this.#ofMessages(folder, uids, null, lone, refusal(error)));
  }

  /** A step of a folder was refused, in words that speak of more than this folder. */
  notOpened(folder: string, error: Refused): Finding {
    const lone = this.#trial !== null && this.#isOfTrial(error.side, folder);
    // No other folder could be opened either, so this one is not to blame.
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
      // It was a suspect already, and still under way: preparing the folder reads it.
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

  /** A folder was read in windows of UIDs: the window that broke is cut in two. */
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
    // Its row cannot be read. Whether its body can is tried by itself.
    if (leftOut !== null && side === 'source') this.suspectsIn(folder).struck([leftOut], leftOut, strike, elsewhere);
    if (!reading.hasRead || reading.leftOut.size > MOST_LEFT_OUT) return this.#ofFolder(folder, lone, strike);
    return { kind: 'narrowed', tried: 'alone', strikes: uids.size === 1 ? reading.strikesOf(uids.first!) : 0 };
  }

  /** Setting flags broke it. The folder is never to blame: its messages had arrived. */
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

  /** Stops suspecting when there are too many suspects in a row: then the server is in trouble. */
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
