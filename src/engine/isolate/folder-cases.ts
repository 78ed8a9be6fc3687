import type { Side } from '../../words/side.js';
import { type Elsewhere, isConvicted, type Strike } from '../imap/apart/strikes.js';
import type { PairNames } from './trial.js';

/** A folder of which a step broke the connection, or was refused. */
export interface FolderCase {
  readonly side: Side;
  readonly folder: string;
  readonly strikes: Strike[];
  isConvicted: boolean;
}

/** Milliseconds between two tries, for each strike so far. A limit is given minutes to be over. */
const AFTER_STRIKE = 1_000;
const AFTER_LIMIT = 30_000;

/** The suspected folders of both sides, by wire name. Pure. */
export class FolderCases {
  readonly #cases = new Map<string, FolderCase>();

  /** How many are suspected, and not convicted. */
  get undecided(): number {
    return [...this.#cases.values()].filter(({ isConvicted: is }) => !is).length;
  }

  of({ source, destination }: PairNames): readonly FolderCase[] {
    const cases = [this.#cases.get(`source ${source}`), this.#cases.get(`destination ${destination}`)];
    return cases.flatMap((one) => one ?? []);
  }

  isSuspected(side: Side, folder: string): boolean {
    return this.#cases.has(`${side} ${folder}`);
  }

  /** Suspects a folder. @returns its case if it was suspected before; null: it is new */
  suspect(side: Side, folder: string): FolderCase | null {
    const key = `${side} ${folder}`;
    const known = this.#cases.get(key);
    if (!known) this.#cases.set(key, { side, folder, strikes: [], isConvicted: false });
    return known ?? null;
  }

  struck(one: FolderCase, strike: Strike, elsewhere: readonly Elsewhere[]): void {
    one.strikes.push(strike);
    one.isConvicted = isConvicted(one.strikes, elsewhere);
  }

  acquit({ source, destination }: PairNames): void {
    this.#cases.delete(`source ${source}`);
    this.#cases.delete(`destination ${destination}`);
  }

  /** Milliseconds before the pair is tried again. */
  pauseBefore(pair: PairNames, strikes: number): number {
    const isLimited = this.of(pair).some((one) => one.strikes.at(-1)?.how === 'limited');
    return strikes * (isLimited ? AFTER_LIMIT : AFTER_STRIKE);
  }
}
