import type { PlanRow } from '../../store/batch/batch.js';
import { PerEndpoint } from '../../store/batch/endpoints.js';
import type { Side } from '../../words/side.js';
import type { Credential, Credentials, Secret } from '../imap/session/credentials.js';

/** Credentials, and before them what operators answered while the batch runs. Kept in memory only. */
export class AnsweredCredentials implements Credentials {
  readonly #inner: Credentials;
  readonly #own = new Map<string, Secret>();
  /** Of these the plan was corrected: what was handed over for them is what it has. */
  readonly #planned = new Set<string>();
  /** One login acts for many mailboxes of an endpoint: its password is answered for all of them. */
  readonly #shared = new PerEndpoint<{ password: Secret | null }>(() => ({ password: null }));

  constructor(inner: Credentials) {
    this.#inner = inner;
  }

  async get(side: Side, row: PlanRow, renew: boolean): Promise<Credential> {
    const password =
      this.#own.get(key(side, row)) ?? (this.#inner.shared(side, row) ? this.#shared.of(side, row).password : null);
    return password ? { kind: 'password', password } : this.#inner.get(side, row, renew);
  }

  shared(side: Side, row: PlanRow): boolean {
    return !this.#own.has(key(side, row)) && this.#inner.shared(side, row);
  }

  /** @returns whom it serves */
  answer(side: Side, row: PlanRow, password: Secret, origin: 'operator' | 'plan' = 'operator'): 'shared' | 'own' {
    if (origin === 'plan') {
      // A row's own password goes before one that is shared.
      this.#planned.add(key(side, row));
      this.#own.set(key(side, row), password);
      return 'own';
    }
    this.#planned.delete(key(side, row));
    if (!this.#inner.shared(side, row)) {
      this.#own.set(key(side, row), password);
      return 'own';
    }
    this.#shared.of(side, row).password = password;
    return 'shared';
  }

  /** An operator typed the password that this mailbox logs in with. */
  isTyped(side: Side, row: PlanRow): boolean {
    if (this.#planned.has(key(side, row))) return false;
    return (
      this.#own.has(key(side, row)) || (this.#shared.of(side, row).password !== null && this.#inner.shared(side, row))
    );
  }
}

const key = (side: Side, row: PlanRow) => `${side} ${row.id}`;
