import { type Elsewhere, isConvicted, type Strike } from './strikes.js';

/** Lines lost in a row, with nothing of the folder taken between, from which on the folder itself is doubted. */
const LOSSES = 2;
/** Groups of messages are four parts of what was under way: all of them are tried. */
const GROUPS = 4;

/** A try of messages of a folder, alone and in one command. */
export interface LoneTry {
  readonly uids: readonly number[];
  /** They were suspected before: where others of the folder are taken, they may all be bad. */
  readonly isOfSuspects: boolean;
}

interface Doubt {
  /** Lines that were lost with its messages since the last one was taken. */
  losses: number;
  /** Messages that were tried alone since. */
  readonly tried: Set<number>;
  /** One of each of those. */
  readonly strikes: Strike[];
  /** Some were tried in groups. */
  inGroups: boolean;
}

/**
 * Folders into which no message gets, whichever is sent: each breaks the line. Without them the messages would be
 * suspected one after the other. A folder is doubted only where messages of other folders were taken, and is to blame
 * where different messages, each alone, broke the line. Folders are wire names of the source. Pure.
 */
export class FolderDoubts {
  readonly #doubts = new Map<string, Doubt>();
  readonly #taken = new Set<string>();
  readonly #takenNow = new Set<string>();

  /** A message of the folder was taken, in this run or before. */
  hasTaken(folder: string): void {
    this.#taken.add(folder);
  }

  /** The server took a message of it now: nothing speaks against the folder any more. */
  takes(folder: string): void {
    this.#taken.add(folder);
    this.#takenNow.add(folder);
    this.#doubts.delete(folder);
  }

  /** Nothing speaks against it any more. */
  acquit(folder: string): void {
    this.#doubts.delete(folder);
  }

  /** A line was lost with messages of it under way. */
  lost(folder: string): void {
    this.#of(folder).losses++;
  }

  isDoubted(folder: string): boolean {
    const { losses = 0 } = this.#doubts.get(folder) ?? {};
    return losses >= LOSSES && [...this.#taken].some((other) => other !== folder);
  }

  /** A line was lost while these were tried. @returns whether the folder is to blame by now */
  struck(folder: string, { uids, isOfSuspects }: LoneTry, strike: Strike, elsewhere: readonly Elsewhere[]): boolean {
    const doubt = this.#of(folder);
    const [first] = uids;
    if (first === undefined || !this.isDoubted(folder) || (isOfSuspects && this.#takenNow.has(folder))) return false;
    if (!doubt.tried.has(first)) doubt.strikes.push(strike);
    doubt.tried.add(first);
    doubt.inGroups ||= uids.length > 1;
    return this.isToBlame(folder, elsewhere);
  }

  isToBlame(folder: string, elsewhere: readonly Elsewhere[]): boolean {
    const doubt = this.#doubts.get(folder);
    if (!doubt || !this.isDoubted(folder) || (doubt.inGroups && doubt.strikes.length < GROUPS)) return false;
    return isConvicted(doubt.strikes, elsewhere);
  }

  strikesOf(folder: string): readonly Strike[] {
    return this.#doubts.get(folder)?.strikes ?? [];
  }

  #of(folder: string): Doubt {
    let doubt = this.#doubts.get(folder);
    if (!doubt) {
      doubt = { losses: 0, tried: new Set(), strikes: [], inGroups: false };
      this.#doubts.set(folder, doubt);
    }
    return doubt;
  }
}
