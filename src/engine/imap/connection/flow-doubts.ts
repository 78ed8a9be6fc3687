import { type Behind, isOfFirstFlight, type Place } from './pending.js';

/** Whether a server is known to serve the first commands of a session behind each other. */
export type Flights = 'served' | 'in doubt';

/** The fate of a command that was sent behind an unanswered one, or that was sent alone instead. */
export type StoodFate =
  | { readonly kind: 'served'; readonly behind: Place }
  /** `folder`: wire name of the folder that was read; null: none. */
  | {
      readonly kind: 'served alone';
      readonly name: string;
      readonly behind: Behind;
      readonly folder: string | null;
    }
  /** The first commands of a session, by name, that stood behind others and had no answer for some time. */
  | { readonly kind: 'unanswered'; readonly names: readonly string[] }
  /** One of them had no answer for as long although it was alone: the server is slow. */
  | { readonly kind: 'slow alone' }
  /**
   * `places`: of the commands without an answer. `folder`: the folder that was opened or read first of all. `opened`:
   * when the connection was opened, in milliseconds of a clock that never jumps.
   */
  | {
      readonly kind: 'lost';
      readonly places: readonly Place[];
      readonly folder: string | null;
      readonly opened: number;
    }
  | { readonly kind: 'lost alone' };

/**
 * Connections of a server in a row that break under a command that was sent behind another. After these, commands are
 * sent alone for a trial.
 */
const LOSSES = 2;

/**
 * Finds out whether a server closes the connection at a command that comes behind an unanswered one, over all
 * connections of a batch to it. Connections drop for many reasons. So it is doubted only where no command was ever
 * served in that place, and it is proven by a trial: if the command is served alone, the server gets one command at a
 * time from then on. Pure; times in milliseconds.
 */
export class FlowDoubts {
  readonly #served = new Set<Place>();
  #losses = 0;
  #lastLoss = Number.NEGATIVE_INFINITY;
  /** Places in which a command was when each of these connections broke. */
  #suspected: readonly Place[] = [];
  /** Wire names of the folders that the server worked on when connections broke; null: none. */
  readonly #at = new Set<string | null>();
  /** Names of first commands that had no answer behind others, and were not served alone since. */
  readonly #unanswered = new Set<string>();

  /** Whether connections send commands alone until the doubt is settled. */
  get onTrial(): boolean {
    return this.#losses >= LOSSES || this.#unanswered.size > 0;
  }

  /** Where they are served, a silence means that the server is slow. */
  get flights(): Flights {
    return this.#served.has('another behind another') ? 'served' : 'in doubt';
  }

  /** First commands of a session had no answer behind others: they were lost, or the server is slow. */
  unanswered(names: readonly string[]): void {
    if (this.flights === 'in doubt') for (const name of names) this.#unanswered.add(name);
  }

  /** A first command of the trial had no answer for as long: none was lost. */
  slowAlone(): void {
    if (this.#unanswered.size === 0) return;
    this.#unanswered.clear();
    this.#served.add('another behind another');
  }

  /** A command was served in that place, so the server can do it. */
  served(behind: Place): void {
    this.#served.add(behind);
    this.#suspected = this.#suspected.filter((place) => place !== behind);
    if (this.#suspected.length === 0) this.#acquit();
  }

  /**
   * A connection broke under commands in these places.
   *
   * @param folder  that the server was opening or reading: the folder may be what breaks it
   * @param opened  when that connection was opened
   */
  lost(places: readonly Place[], folder: string | null, opened: number, now: number): void {
    const news = places.filter((place) => !this.#served.has(place));
    // Connections that break together break for one reason.
    if (news.length === 0 || opened < this.#lastLoss) return;
    const each = news.filter((place) => this.#suspected.includes(place));
    if (each.length === 0) this.#acquit();
    this.#suspected = each.length > 0 ? each : news;
    this.#losses++;
    this.#at.add(folder);
    this.#lastLoss = now;
  }

  /** A command of the trial was served alone.  @returns whether that proves that the server needs it */
  servedAlone(name: string, instead: Behind, folder: string | null): boolean {
    if (this.#unanswered.size > 0) {
      this.#unanswered.delete(name);
      // Behind a session's first commands all of them are settled, also those that were not asked again.
      return this.#unanswered.size === 0 || !isOfFirstFlight(name);
    }
    if (instead === 'nothing') return false;
    // If connections broke at one folder only, nothing is proven before that folder is served.
    return this.onTrial && this.#suspected.includes(instead) && (this.#at.size > 1 || this.#at.has(folder));
  }

  /** A connection broke although commands were sent alone: the reason is another one. */
  lostAlone(): void {
    if (this.#losses < LOSSES) return;
    for (const place of this.#suspected) this.#served.add(place);
    this.#acquit();
  }

  #acquit(): void {
    this.#suspected = [];
    this.#losses = 0;
    this.#at.clear();
  }
}
