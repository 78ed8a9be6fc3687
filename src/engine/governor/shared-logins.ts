import type { PlanRow } from '../../store/batch/batch.js';
import type { Side } from '../../words/side.js';
import type { Worker } from '../mailbox/worker.js';
import type { Roster } from '../schedule/roster.js';
import { HeldTogether } from './held-together.js';

/** A shared login that worked before and is refused for so many mailboxes in a row has been withdrawn. */
const REFUSED_IN_ROW = 3;

export interface SharedLoginParts {
  readonly roster: Roster;
  /** This mailbox's credential serves many on this side. */
  readonly shared: (side: Side, row: PlanRow) => boolean;
}

/** A shared credential that was refused once stops all that use it: 500 failed logins earn a ban. */
export class SharedLogins {
  readonly #held: Readonly<Record<Side, HeldTogether>>;
  /** It was let in during this run; and how often it was refused in a row since. */
  readonly #worked: Record<Side, boolean> = { source: false, destination: false };
  readonly #refused: Record<Side, number> = { source: 0, destination: 0 };
  /** Held while it was thought to be a matter of their accounts. */
  readonly #alone: Readonly<Record<Side, Set<Worker>>> = { source: new Set(), destination: new Set() };

  constructor(private readonly parts: SharedLoginParts) {
    const { roster } = parts;
    this.#held = {
      source: new HeldTogether(roster, { of: 'login', side: 'source' }),
      destination: new HeldTogether(roster, { of: 'login', side: 'destination' }),
    };
  }

  /** A login succeeded: those that were held because of it go on. */
  worked(row: PlanRow, side: Side): void {
    if (!this.parts.shared(side, row)) return;
    this.#worked[side] = true;
    this.#refused[side] = 0;
    this.#held[side].release();
  }

  /** Its password was given anew: whoever was held for it goes on with the first login that succeeds. */
  answered(side: Side): void {
    this.#joinAlone(side);
  }

  #joinAlone(side: Side): void {
    for (const worker of this.#alone[side]) this.#held[side].join(worker);
    this.#alone[side].clear();
  }

  /** A login was refused, and its mailbox is held: the others that would use it are, too. */
  refused(worker: Worker, side: Side): void {
    if (!this.parts.shared(side, worker.row)) return;
    // It let others in during this run: the account is at fault, unless it goes on like that.
    this.#refused[side]++;
    if (this.#worked[side] && this.#refused[side] < REFUSED_IN_ROW) {
      this.#alone[side].add(worker);
      return;
    }
    this.#joinAlone(side);
    this.#held[side].join(worker);
    this.#held[side].hold((row) => this.parts.shared(side, row), {
      because: { key: 'shared login refused', side, mailbox: worker.row.email },
      asks: 'Answer with the password of the shared login, or mend it and resume.',
      password: side,
    });
  }
}
