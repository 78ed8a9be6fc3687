import { UidSet } from '../../store/uid/uid-set.js';
import type { Side } from '../../words/side.js';
import { type FolderReading, Readings } from '../imap/apart/readings.js';
import { type Elsewhere, isSilentStore, likeliest, refusal, type Strike } from '../imap/apart/strikes.js';
import { ConnectionLost } from '../imap/connection/connection-lost.js';
import { LoginFailed } from '../imap/session/login-failed.js';
import type { Refused } from '../imap/session/refused.js';
import { type Finding, NOTHING } from './finding.js';
import { FolderCases } from './folder-cases.js';
import { FolderDoubts } from './folder-doubts.js';
import { DISPENSABLE, isCopying, LISTING, READING } from './lost-commands.js';
import { NewSuspects } from './new-suspects.js';
import { SentUnanswered } from './sent-unanswered.js';
import { Shakiness } from './shakiness.js';
import { Silences } from './silences.js';
import { Suspects, type Tried } from './suspects.js';
import { isAlone, isOfTrial, isTrialOf, type PairNames, type Trial } from './trial.js';

/** When more messages of a folder than this cannot be read, the folder is to blame. */
const MOST_LEFT_OUT = 50;

/**
 * Finds the message, or the step of a folder, that breaks the connections of one mailbox. It learns from all attempts of
 * a run. Suspects are put off until all else is done, then tried alone. It does no I/O; folders are wire names.
 */
export class Inquiry {
  /** Suspected messages, by source folder. */
  readonly #messages = new Map<string, Suspects>();
  readonly #folders = new FolderCases();
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
  readonly silences = new Silences();
  readonly sent = new SentUnanswered();
  #trial: Trial | null = null;
  readonly #news = new NewSuspects();
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

  /** Messages of a source folder that were sent, and given up without an answer: they may be stored still. */
  sentUnanswered(folder: string): UidSet {
    return this.sent.storedBy > 0 ? this.suspectsIn(folder).on('destination') : new UidSet();
  }

  /** All of them, by source folder. */
  get held(): ReadonlyMap<string, UidSet> {
    const folders = [...this.#messages.keys()].map((folder) => [folder, this.sentUnanswered(folder)] as const);
    return new Map(folders.filter(([, uids]) => !uids.isEmpty));
  }

  /** Whether a step of this folder broke a connection, so that nothing else may be under way when it is opened. */
  isSuspected(side: Side, folder: string): boolean {
    return this.#folders.isSuspected(side, folder);
  }

  /** Whether the pair is copied last and alone, because a step of one of its folders is suspected. */
  isPutOff(pair: PairNames): boolean {
    return this.#folders.of(pair).length > 0 || this.doubts.isDoubted(pair.source);
  }

  /** How many times the pair failed while nothing else was under way. */
  strikesOf(pair: PairNames): number {
    const strikes = this.#folders.of(pair).map((one) => one.strikes.length);
    return Math.max(this.doubts.strikesOf(pair.source).length, ...strikes);
  }

  /** Milliseconds before the pair is tried by itself again: the refusal a moment ago may have been passing trouble. */
  pauseBefore(pair: PairNames): number {
    return this.#folders.pauseBefore(pair, this.strikesOf(pair));
  }

  /** The failures that leave the pair out of this run; null: it is not left out. */
  convictionOf(pair: PairNames): readonly Strike[] | null {
    const { doubts } = this;
    if (doubts.isToBlame(pair.source, this.#elsewhere.destination)) return doubts.strikesOf(pair.source);
    return this.#folders.of(pair).find((one) => one.isConvicted)?.strikes ?? null;
  }

  /** How folders are opened in this attempt. */
  get turn(): 'in flight' | 'alone' {
    return this.#news.turn(this.#folders.undecided);
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
  acquit(pair: PairNames): void {
    this.#folders.acquit(pair);
    this.doubts.acquit(pair.source);
  }

  /** An attempt begins. */
  attempt(): void {
    this.#shakiness.attempt();
    this.#trial = null;
    this.#takes = false;
    this.#opens = false;
    this.sent.attempt();
  }

  /** The destination took a message of this source folder, so the folder itself is not to blame. */
  goesOn(folder: string): void {
    this.doubts.takes(folder);
    this.silences.goesOn();
    this.#news.goesOn();
    this.#takes = true;
  }

  /** A folder was opened on both sides. */
  opens(): void {
    this.#opens = true;
    this.silences.opens();
  }

  /** Draws the conclusion from the error that ended an attempt. @param now  milliseconds of a clock that never jumps */
  hears(error: unknown, now: number): Finding {
    const finding = error instanceof ConnectionLost ? this.#lost(error) : null;
    this.holdsBack(error, now);
    if (error instanceof LoginFailed && error.line === null) this.#shakiness.dropped(error.side);
    return finding ?? ((error instanceof Error && this.#findings.get(error)) || NOTHING);
  }

  /** Nobody knows which of the messages are stored that had no answer: none is sent before that is certain. */
  holdsBack(error: unknown, now: number): void {
    for (const { folder, uids } of this.sent.ended(error, now))
      this.suspectsIn(folder).suspect('destination', uids, null);
  }

  /** A connection was lost. Messages under way become suspects; one that was alone gets a strike. */
  #lost(lost: ConnectionLost): Finding {
    const { side, loss, message } = lost;
    const [oldest] = loss.unanswered;
    const lone = isAlone(this.#trial, side, loss.unanswered);
    const isSilent = loss.how === 'silent';
    if (isSilent && !lone) this.silences.among(side, this.sent.howItWent(lost, this.#takes ? 'on' : 'not on'));
    if (!oldest) {
      this.#shakiness.dropped(side);
      return NOTHING;
    }
    // The listing of folders keeps its own record of names that break connections.
    if (oldest.folder === null) {
      // INBOX was read in the same flight: the next connection does not do that.
      for (const { name, folder } of loss.unanswered)
        if (folder !== null && READING.has(name)) this.readings[side].of(folder, 'rows').suspect('UID FETCH');
      return LISTING.has(oldest.name) ? this.#news.putOff() : NOTHING;
    }
    if (isSilent && DISPENSABLE.has(oldest.name)) return this.#news.putOff();
    const { name: command, waited } = oldest;
    // It is given up when our patience ends: what the connection did by itself, it did when it fell silent.
    const age = loss.age - (isSilent ? loss.silence : 0);
    const others = this.silences.othersSince(side, isCopying(oldest) ? 'message' : 'folder');
    const line = this.#shakiness.of(side);
    const strike: Strike = { ...loss, age, side, command, words: message, waited, line, others };
    if (!lone) this.#elsewhere[side].push({ age, volume: loss.volume });
    if (oldest.uids === null) {
      if (READING.has(oldest.name)) this.readings[side].of(oldest.folder, 'rows').suspect(oldest.name);
      return this.#ofFolder(oldest.folder, lone, strike);
    }
    if (oldest.uids.length === 0) return this.#ofFolder(oldest.folder, lone, strike);
    const likely = likeliest(loss, oldest);
    if (oldest.of === null || oldest.of === 'copy')
      return this.#ofMessages(oldest.folder, oldest.uids, likely, lone, strike);
    const reading = this.readings[side].of(oldest.folder, oldest.of);
    const asked = UidSet.from(oldest.uids);
    if (oldest.of === 'flags') return this.#ofFlags(oldest.folder, reading, asked, lone, strike);
    return this.#ofReading(oldest.folder, reading, asked, likely, lone, strike);
  }

  /**
   * The source refused a command on several messages, in words that name none of them, and it gives other messages.
   *
   * @param folder  of the source
   */
  notGiven(folder: string, uids: readonly number[], error: Refused): Finding {
    return this.#ofMessages(folder, uids, uids[0] ?? null, isTrialOf(this.#trial, uids), refusal(error));
  }

  /** The destination refused some of these, in words that name none of them. @param folder  of the source */
  notTaken(folder: string, uids: readonly number[], error: Refused, isTaken: (uid: number) => boolean): void {
    const [lone, suspects] = [isTrialOf(this.#trial, uids), this.suspectsIn(folder)];
    // The destination takes nothing at all now, so no single message is to blame.
    if (lone && !this.#takes && !suspects.werePassedBy(uids)) return;
    suspects.notTaken(uids, isTaken);
    this.#findings.set(error, this.#ofMessages(folder, uids, null, lone, refusal(error)));
  }

  /**
   * A step of a folder was refused, in words that speak of more than this folder.
   *
   * @param others  whether another folder was opened right after that
   */
  notOpened(folder: string, error: Refused, others: 'open' | 'not asked'): Finding {
    const lone = this.#trial !== null && isOfTrial(this.#trial, error.side, folder);
    // No other folder could be opened either, so this one is not to blame.
    if (lone && others === 'not asked' && !this.#opens) return NOTHING;
    return this.#ofFolder(folder, lone, refusal(error, others === 'open' ? 'limited' : 'refused'));
  }

  #ofMessages(folder: string, uids: readonly number[], likely: number | null, lone: boolean, strike: Strike): Finding {
    const suspects = this.suspectsIn(folder);
    const isLineOfWriter = strike.side === 'destination' && strike.how !== 'refused';
    if (isLineOfWriter) this.doubts.lost(folder, strike.how);
    if (!lone || !isTrialOf(this.#trial, uids)) {
      if (suspects.suspect(strike.side, uids, likely)) return this.#news.putOff();
      // It was a suspect already, and still under way: preparing the folder reads it.
      return this.#ofFolder(folder, lone, strike);
    }
    const elsewhere = this.#elsewhere[strike.side];
    const loneTry = { uids, isOfSuspects: uids.some((uid) => suspects.has(uid)) };
    const tried = suspects.struck(uids, likely, strike, elsewhere);
    const isInOneCommand = uids.length === this.#trial?.uids?.size;
    if (isLineOfWriter && isInOneCommand && this.doubts.struck(folder, loneTry, strike, elsewhere))
      return { kind: 'folder', side: strike.side, folder, strikes: this.doubts.strikesOf(folder) };
    const goesOn = isSilentStore(strike) ? this.#ofSilence(folder, tried.kind, uids.length, strike) : null;
    if (goesOn !== null) return goesOn;
    if (tried.kind === 'convicted') return { kind: 'message', folder, uid: tried.uid, strikes: tried.strikes };
    return { kind: 'narrowed', tried: 'alone', strikes: uids.length === 1 ? suspects.strikesOf(uids[0]!) : 0 };
  }

  /** Messages alone had no answer to APPEND. @returns null: only the messages are to blame, or suspected */
  #ofSilence(folder: string, tried: Tried['kind'], messages: number, strike: Strike): Finding | null {
    const { silences } = this;
    if (messages > 1) silences.ofSeveral(strike.side);
    if (tried === 'convicted') {
      silences.never();
      return silences.speakAgainstFolder ? this.#ofFolder(folder, true, strike) : null;
    }
    // The destination may be silent whatever it is sent: it is tried again as a server in trouble is, more and more seldom.
    return tried === 'struck' && strike.others === 'silent' ? NOTHING : null;
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
    const known = this.#folders.suspect(side, folder);
    if (known === null) return this.#news.putOff();
    if (!lone) return NOTHING;
    this.#folders.struck(known, strike, this.#elsewhere[side]);
    if (!known.isConvicted) return { kind: 'narrowed', tried: 'alone', strikes: known.strikes.length };
    return { kind: 'folder', side, folder, strikes: known.strikes };
  }
}
