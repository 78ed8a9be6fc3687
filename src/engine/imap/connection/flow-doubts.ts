import type { Place } from './pending.js';

/** The fate of a command that stood behind an unanswered one, or was spared that. */
export type StoodFate =
  | { readonly kind: 'served'; readonly behind: Place }
  /** `folder`: that was read, by wire name; null: none. */
  | { readonly kind: 'served alone'; readonly behind: Place; readonly folder: string | null }
  /** `folder`: that was opened or read; `opened`: when the line was, in milliseconds of a clock that never jumps. */
  | { readonly kind: 'lost'; readonly behind: Place; readonly folder: string | null; readonly opened: number }
  | { readonly kind: 'lost alone' };

/** Lines of a server in a row that break under a command that stood behind another, before one is spared that. */
const LOSSES = 2;

/**
 * Finds out whether a server closes the line at a command that comes behind an unanswered one, over all connections of a
 * batch to it. Lines drop for many reasons, so it is doubted only where no command ever was served in that place, and
 * judged by asking again alone: served then, it is served one command at a time from then on. Pure; times in milliseconds.
 */
export class FlowDoubts {
  readonly #served = new Set<Place>();
  #losses = 0;
  #lastLoss = Number.NEGATIVE_INFINITY;
  #suspected: Place | null = null;
  /** Wire names of the folders that the server was at when lines broke; null: none. */
  readonly #at = new Set<string | null>();

  /** Connections are spared that until it is known. */
  get onTrial(): boolean {
    return this.#losses >= LOSSES && this.#suspected !== null;
  }

  /** A command was served in that place: the server can do it. */
  served(behind: Place): void {
    this.#served.add(behind);
    if (this.#suspected === behind) this.#acquit();
  }

  /**
   * A line broke under such a command.
   *
   * @param folder  that the server was opening or reading: it may be the folder that breaks it
   * @param opened  when that line was opened
   */
  lost(behind: Place, folder: string | null, opened: number, now: number): void {
    // Lines that break together break for one reason.
    if (this.#served.has(behind) || opened < this.#lastLoss) return;
    if (this.#suspected !== behind) this.#acquit();
    this.#suspected = behind;
    this.#losses++;
    this.#at.add(folder);
    this.#lastLoss = now;
  }

  /** A command that was spared that was served. @returns whether it is known by that that the server needs it */
  servedAlone(instead: Place, folder: string | null): boolean {
    return this.onTrial && this.#suspected === instead && this.#at.has(folder);
  }

  /** A line broke all the same: it is something else. */
  lostAlone(): void {
    if (!this.onTrial || this.#suspected === null) return;
    this.#served.add(this.#suspected);
    this.#acquit();
  }

  #acquit(): void {
    this.#suspected = null;
    this.#losses = 0;
    this.#at.clear();
  }
}
