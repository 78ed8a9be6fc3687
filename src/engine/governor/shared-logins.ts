import type { PlanRow } from '../../store/batch/batch.js';
import { PerEndpoint } from '../../store/batch/endpoints.js';
import type { Advice } from '../../words/advice/advice.js';
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
  readonly #logins: PerEndpoint<SharedLogin>;

  constructor(private readonly parts: SharedLoginParts) {
    this.#logins = new PerEndpoint((side, key) => ({
      held: new HeldTogether(parts.roster, { of: 'login', side, key }),
      hasWorked: false,
      refused: 0,
      alone: new Set(),
    }));
  }

  /** A login succeeded: those that were held because of it go on. */
  worked(row: PlanRow, side: Side): void {
    if (!this.parts.shared(side, row)) return;
    const login = this.#logins.of(side, row);
    login.hasWorked = true;
    login.refused = 0;
    login.held.release();
  }

  /** Its password was given anew: whoever was held for it goes on with the first login that succeeds. */
  answered(row: PlanRow, side: Side): void {
    joinAlone(this.#logins.of(side, row));
  }

  /**
   * A login was refused, and its mailbox is held: the others that would use it are, too.
   *
   * @param mend  what mends the login, where it is known to be at fault; null: it may be the account
   */
  refused(worker: Worker, side: Side, mend: Advice | null): void {
    const { shared } = this.parts;
    if (!shared(side, worker.row)) return;
    const login = this.#logins.of(side, worker.row);
    // It let others in during this run: the account is at fault, unless it goes on like that.
    login.refused++;
    if (mend === null && login.hasWorked && login.refused < REFUSED_IN_ROW) {
      login.alone.add(worker);
      return;
    }
    joinAlone(login);
    login.held.join(worker);
    login.held.hold(
      {
        because: { key: 'shared login refused', side, mailbox: worker.row.email },
        asks: mend ?? { key: 'shared login' },
        password: mend === null ? side : null,
      },
      (row) => shared(side, row),
    );
  }
}

/** The login that many mailboxes of an endpoint share. */
interface SharedLogin {
  readonly held: HeldTogether;
  /** It was let in during this run; and how often it was refused in a row since. */
  hasWorked: boolean;
  refused: number;
  /** Held while it was thought to be a matter of their accounts. */
  readonly alone: Set<Worker>;
}

function joinAlone({ alone, held }: SharedLogin): void {
  for (const worker of alone) held.join(worker);
  alone.clear();
}
