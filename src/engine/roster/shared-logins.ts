import type { PlanRow } from '../../store/batch/batch.js';
import { PerEndpoint } from '../../store/batch/endpoints.js';
import type { Advice } from '../../words/advice/advice.js';
import type { Side } from '../../words/side.js';
import type { Worker } from '../mailbox/worker.js';
import { HeldTogether } from './held-together.js';
import type { Roster } from './roster.js';

/** Refusals in a row after which a shared login that worked before is taken to be withdrawn. */
const REFUSED_IN_ROW = 3;

export interface SharedLoginParts {
  readonly roster: Roster;
  /** Whether this mailbox's credential serves many on this side. */
  readonly shared: (side: Side, row: PlanRow) => boolean;
}

/** Stops all mailboxes that use a shared credential once it was refused: 500 failed logins earn a ban. */
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

  /** A login succeeded, so mailboxes that were held because of it go on. */
  worked(row: PlanRow, side: Side): void {
    if (!this.parts.shared(side, row)) return;
    const login = this.#logins.of(side, row);
    login.hasWorked = true;
    login.refused = 0;
    login.held.release();
  }

  /** The password was given anew. Mailboxes that were held for it go on with the first login that succeeds. */
  answered(row: PlanRow, side: Side): void {
    joinAlone(this.#logins.of(side, row));
  }

  /**
   * A login was refused and its mailbox is held. The other mailboxes that would use it are held, too.
   *
   * @param mend  the advice, where the login is known to be at fault; null: the account may be
   */
  refused(worker: Worker, side: Side, mend: Advice | null): void {
    const { shared } = this.parts;
    if (!shared(side, worker.row)) return;
    const login = this.#logins.of(side, worker.row);
    // The login let others in during this run, so the account is at fault, unless more refusals follow in a row.
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
  /** Whether the login was let in during this run, and how often in a row it was refused since. */
  hasWorked: boolean;
  refused: number;
  /** Mailboxes that were held while their accounts were thought to be at fault. */
  readonly alone: Set<Worker>;
}

function joinAlone({ alone, held }: SharedLogin): void {
  for (const worker of alone) held.join(worker);
  alone.clear();
}
