import type { Place } from './pending.js';

/** The fate of a command that stood behind an unanswered one, or was spared that. */
export type StoodFate =
  | { readonly kind: 'served'; readonly behind: Place }
  /** `folder`: that was read, by wire name; null: none. */
  | { readonly kind: 'served alone'; readonly behind: Place; readonly folder: string | null }
  /** `places`: of the commands without an answer; `folder`: that was opened or read first of all; `opened`: when the line was, in milliseconds of a clock that never jumps. */
  | {
      readonly kind: 'lost';
      readonly places: readonly Place[];
      readonly folder: string | null;
      readonly opened: number;
    }
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
  /** Places in which a command stood each time. */
  #suspected: readonly Place[] = [];
  /** Wire names of the folders that the server was at when lines broke; null: none. */
  readonly #at = new Set<string | null>();

  /** Connections are spared that until it is known. */
  get onTrial(): boolean {
    return this.#losses >= LOSSES;
  }

  /** A command was served in that place: the server can do it. */
  served(behind: Place): void {
    this.#served.add(behind);
    this.#suspected = this.#suspected.filter((place) => place !== behind);
    if (this.#suspected.length === 0) this.#acquit();
  }

  /**
   * A line broke under commands in these places.
   *
   * @param folder  that the server was opening or reading: it may be the folder that breaks it
   * @param opened  when that line was opened
   */
  lost(places: readonly Place[], folder: string | null, opened: number, now: number): void {
    const news = places.filter((place) => !this.#served.has(place));
    // Lines that break together break for one reason.
    if (news.length === 0 || opened < this.#lastLoss) return;
    const each = news.filter((place) => this.#suspected.includes(place));
    if (each.length === 0) this.#acquit();
    this.#suspected = each.length > 0 ? each : news;
    this.#losses++;
    this.#at.add(folder);
    this.#lastLoss = now;
  }

  /** A command that was spared that was served. @returns whether it is known by that that the server needs it */
  servedAlone(instead: Place, folder: string | null): boolean {
    // Lines that broke at one folder only say nothing before that folder is served.
    return this.onTrial && this.#suspected.includes(instead) && (this.#at.size > 1 || this.#at.has(folder));
  }

  /** A line broke all the same: it is something else. */
  lostAlone(): void {
    if (!this.onTrial) return;
    for (const place of this.#suspected) this.#served.add(place);
    this.#acquit();
  }

  #acquit(): void {
    this.#suspected = [];
    this.#losses = 0;
    this.#at.clear();
  }
}
