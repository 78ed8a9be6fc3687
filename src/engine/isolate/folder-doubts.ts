import { type Elsewhere, isConvicted, type Strike } from '../imap/apart/strikes.js';

/** After so many lost connections in a row, with no message of the folder taken in between, the folder is doubted. */
const LOSSES = 2;
/** One message that is never answered says nothing of its neighbours. */
const LEAST = 3;
/** The messages that were under way are tried in so many groups. */
const GROUPS = 4;

/** A try of messages of a folder in one command, with nothing else under way. */
export interface LoneTry {
  readonly uids: readonly number[];
  /** They were suspects before. If other messages of the folder are taken, these may all be bad. */
  readonly isOfSuspects: boolean;
}

interface Doubt {
  /** Connections lost with its messages since the last message was taken. */
  losses: number;
  /** Messages that were tried alone since then. */
  readonly tried: Set<number>;
  /** One strike for each of them. */
  readonly strikes: Strike[];
  /** Whether some were tried in groups. */
  inGroups: boolean;
}

/**
 * Finds folders that break the connection with every message that is sent into them. Without it, each message would be
 * suspected in turn. A folder is doubted only if other folders took messages. It is to blame when different messages,
 * each alone, broke the connection. Folders are wire names of the source. Pure.
 */
export class FolderDoubts {
  readonly #doubts = new Map<string, Doubt>();
  readonly #taken = new Set<string>();
  readonly #takenNow = new Set<string>();

  /** A message of the folder was taken, in this run or before. */
  hasTaken(folder: string): void {
    this.#taken.add(folder);
  }

  /** The server took a message of it now, so the folder is not to blame. */
  takes(folder: string): void {
    this.#taken.add(folder);
    this.#takenNow.add(folder);
    this.#doubts.delete(folder);
  }

  /** The folder was copied without a break: forget the doubt. */
  acquit(folder: string): void {
    this.#doubts.delete(folder);
  }

  /** A connection was lost with messages of the folder under way. A silence costs minutes: where the folder took nothing, one is enough. */
  lost(folder: string, how: Strike['how'] = 'dropped'): void {
    this.#of(folder).losses += how === 'silent' && !this.#takenNow.has(folder) ? LOSSES : 1;
  }

  isDoubted(folder: string): boolean {
    const { losses = 0 } = this.#doubts.get(folder) ?? {};
    return losses >= LOSSES && [...this.#taken].some((other) => other !== folder);
  }

  /** A connection was lost while these messages were tried alone. @returns whether the folder is to blame by now */
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
    if (!doubt || !this.isDoubted(folder) || doubt.strikes.length < (doubt.inGroups ? GROUPS : LEAST)) return false;
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
