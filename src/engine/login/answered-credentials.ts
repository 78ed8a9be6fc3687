import type { PlanRow } from '../../store/batch/batch.js';
import type { Side } from '../../words/side.js';
import type { Credential, Credentials, Secret } from './credentials.js';

/** Credentials, and before them what operators answered while the batch runs. Kept in memory only. */
export class AnsweredCredentials implements Credentials {
  readonly #inner: Credentials;
  readonly #own = new Map<string, Secret>();
  /** One login acts for many mailboxes: its password is answered for all of them. */
  readonly #shared = new Map<Side, Secret>();

  constructor(inner: Credentials) {
    this.#inner = inner;
  }

  async get(side: Side, row: PlanRow, renew: boolean): Promise<Credential> {
    const password =
      this.#own.get(key(side, row)) ?? (this.#inner.shared(side, row) ? this.#shared.get(side) : undefined);
    return password ? { kind: 'password', password } : this.#inner.get(side, row, renew);
  }

  shared(side: Side, row: PlanRow): boolean {
    return !this.#own.has(key(side, row)) && this.#inner.shared(side, row);
  }

  answer(side: Side, row: PlanRow, password: Secret): void {
    if (this.#inner.shared(side, row)) this.#shared.set(side, password);
    else this.#own.set(key(side, row), password);
  }
}

const key = (side: Side, row: PlanRow) => `${side} ${row.id}`;
