import type { ErrorEntry } from '../../store/errors/error-entry.js';
import { type ErrorLedger, isNote, isOfNoMessage } from '../../store/errors/error-ledger.js';

/**
 * Failures of no message while a pass tries them again: they stand open until it has shown that they are over.
 * What was over and happens again in the same trouble goes on with its entry: since when, and how often, is what
 * an operator and a provider ask first. What an operator accepted stays: it is known by that when it happens again.
 */
export class TriedAgain {
  /** How often they had happened when the pass began. */
  readonly #times = new Map<ErrorEntry, number>();
  readonly #arrivedIn = new Set<string>();

  constructor(private readonly errors: ErrorLedger) {
    // What stands twice goes on standing there: no pass that goes well mends that.
    for (const entry of errors.entries)
      if (isOfNoMessage(entry) && !isNote(entry.verdict) && !entry.doubles) this.#times.set(entry, entry.times);
  }

  /** Both sides let it in. */
  loggedIn(): void {
    this.errors.setAside((entry) => this.#isUnmet(entry) && BEFORE_A_PASS.has(entry.command));
  }

  /** Messages of a source folder arrive: what ended passes in it, or in no folder, is over. Of others nothing is known. */
  arrives(folder: string): void {
    if (this.#arrivedIn.has(folder)) return;
    this.#arrivedIn.add(folder);
    this.errors.setAside(
      (entry) =>
        this.#isUnmet(entry) &&
        entry.verdict.next !== 'skip-folder' &&
        (entry.folder === null || entry.folder === folder),
    );
  }

  /** It went through all folders. */
  wentThrough(): void {
    this.errors.close((entry) => this.#isUnmet(entry));
    this.errors.forgetAside();
  }

  /** It did not happen again yet. */
  #isUnmet(entry: ErrorEntry): boolean {
    return !entry.accepted && this.#times.get(entry) === entry.times;
  }
}

/** What they are entered with (pass-failure.ts). */
const BEFORE_A_PASS: ReadonlySet<string> = new Set(['connect', 'LOGIN', 'lock']);
