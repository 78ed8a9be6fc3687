import type { ErrorEntry } from '../../store/errors/error-entry.js';
import { type ErrorLedger, isNote, isOfNoMessage } from '../../store/errors/error-ledger.js';

/**
 * Failures of no message, while a pass tries them again. They stay open until the pass has shown that they are over. If
 * a failure comes back in the same trouble, its entry goes on, because an operator or a provider first asks since when
 * and how often. Entries that an operator accepted stay as well, so that the failure is recognised when it comes back.
 */
export class TriedAgain {
  /** How often they had happened when the pass began. */
  readonly #times = new Map<ErrorEntry, number>();
  readonly #arrivedIn = new Set<string>();

  constructor(private readonly errors: ErrorLedger) {
    // Second copies stay second copies: no successful pass removes them.
    for (const entry of errors.entries)
      if (isOfNoMessage(entry) && !isNote(entry.verdict) && !entry.doubles) this.#times.set(entry, entry.times);
  }

  /** Both sides accepted the login. */
  loggedIn(): void {
    this.errors.setAside((entry) => this.#isUnmet(entry) && BEFORE_A_PASS.has(entry.command));
  }

  /**
   * Messages of a source folder arrive. Failures that ended passes in that folder, or in no folder, are over; others
   * may not be.
   */
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

  /** The pass went through all folders. */
  wentThrough(): void {
    this.errors.close((entry) => this.#isUnmet(entry));
    this.errors.forgetAside();
  }

  /** Whether the failure has not happened again in this pass. */
  #isUnmet(entry: ErrorEntry): boolean {
    return !entry.accepted && this.#times.get(entry) === entry.times;
  }
}

/** Commands under which such failures are entered (read-failure.ts). */
const BEFORE_A_PASS: ReadonlySet<string> = new Set(['connect', 'LOGIN', 'lock']);
