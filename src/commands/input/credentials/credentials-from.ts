import {
  type Credential,
  CredentialMissing,
  type Credentials,
  type Secret,
} from '../../../engine/login/credentials.js';
import type { PlanRow } from '../../../store/batch/batch.js';
import type { Clock } from '../../../words/clock.js';
import type { Side } from '../../../words/side.js';
import { OAuthTokens } from '../oauth/oauth-tokens.js';
import { commandFor, runCredentialCommand } from './credential-command.js';
import { type Fallback, isShared } from './credential-sources.js';

/** One side's credentials, decided: the rows' own, and where the others' come from. */
export interface SideCredentials {
  readonly own: ReadonlyMap<string, Secret>;
  /** `ask` is answered by now: a prompt's password stands here as `environment` does. */
  readonly fallback: Exclude<Fallback, { kind: 'ask' }>;
  readonly rows: number;
}

type World = { readonly clock: Clock; readonly env: Readonly<Record<string, string | undefined>> };

/** Hands the engine its credentials. They are kept in memory only, and go when the process does. */
export class CredentialsFrom implements Credentials {
  readonly #sides: Readonly<Record<Side, SideCredentials>>;
  readonly #world: World;
  /** Secrets that commands gave, by the exact command; a promise, so that two connections run it once. */
  readonly #given = new Map<string, Promise<Secret>>();
  readonly #running = new Set<string>();
  readonly #tokens: OAuthTokens;

  constructor(sides: Readonly<Record<Side, SideCredentials>>, world: World) {
    this.#sides = sides;
    this.#world = world;
    this.#tokens = new OAuthTokens(world);
  }

  async get(side: Side, row: PlanRow, renew: boolean): Promise<Credential> {
    const { own, fallback } = this.#sides[side];
    const password = own.get(row.id);
    if (password) return { kind: 'password', password };
    switch (fallback.kind) {
      case 'none-needed':
      case 'answered-later':
        throw new CredentialMissing(side, `no ${side} password for ${row.email}`);
      case 'environment':
        return { kind: 'password', password: fallback.password };
      case 'password-command':
        return { kind: 'password', password: await this.#ask(fallback, side, row, renew) };
      case 'token-command':
        return { kind: 'token', token: await this.#ask(fallback, side, row, renew) };
      case 'oauth':
        return { kind: 'token', token: await this.#tokens.get(fallback, side, row, renew) };
    }
  }

  shared(side: Side, row: PlanRow): boolean {
    const { own, fallback, rows } = this.#sides[side];
    if (own.has(row.id)) return false;
    const lacking = rows - own.size;
    if (isShared(fallback, lacking)) return true;
    return fallback.kind === 'oauth' && lacking > 1 && this.#tokens.applicationRefused(side);
  }

  #ask(
    command: { readonly kind: string; readonly argv: readonly string[] },
    side: Side,
    row: PlanRow,
    renew: boolean,
  ): Promise<Secret> {
    const argv = commandFor(command.argv, side, row);
    const key = JSON.stringify(argv);
    const known = this.#given.get(key);
    if (known && (!renew || this.#running.has(key))) return known;
    this.#running.add(key);
    const given = runCredentialCommand(argv, side, `--${side}-${command.kind} for ${row.email}`, this.#world);
    this.#given.set(key, given);
    given.then(
      () => this.#running.delete(key),
      () => {
        // A failure is not remembered: the next try may find the command mended.
        this.#running.delete(key);
        if (this.#given.get(key) === given) this.#given.delete(key);
      },
    );
    return given;
  }
}
