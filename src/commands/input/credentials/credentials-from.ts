import {
  type Credential,
  CredentialMissing,
  type Credentials,
  type Secret,
} from '../../../engine/imap/session/credentials.js';
import type { PlanRow } from '../../../store/batch/batch.js';
import { type EndpointKey, endpointKey, OWN } from '../../../store/batch/endpoints.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Clock } from '../../../words/clock.js';
import type { Side } from '../../../words/side.js';
import { OAuthTokens } from '../oauth/oauth-tokens.js';
import { commandFor, runCredentialCommand } from './credential-command.js';
import { type Fallback, isShared } from './credential-sources.js';
import { readSecretFile } from './secret-source.js';
import { type Way, wayName } from './ways.js';

/** The credentials of one endpoint, decided: the rows' own, and where the others' come from. */
export interface EndpointCredentials {
  readonly own: ReadonlyMap<string, Secret>;
  /** `ask` is answered by now: a prompt's password stands here as `environment` does. */
  readonly fallback: Exclude<Fallback, { kind: 'ask' }>;
  /** Mailboxes at the endpoint. */
  readonly rows: number;
}

/** The credentials of a batch, by endpoint. */
export type Gathered = Readonly<Record<Side, ReadonlyMap<EndpointKey, EndpointCredentials>>>;

/** Of a batch with one endpoint on each side. */
export function gatheredOf({ source, destination }: Readonly<Record<Side, EndpointCredentials>>): Gathered {
  return { source: new Map([[OWN, source]]), destination: new Map([[OWN, destination]]) };
}

type World = { readonly clock: Clock; readonly env: Readonly<Record<string, string | undefined>> };

/** Hands the engine its credentials. They are kept in memory only, and go when the process does. */
export class CredentialsFrom implements Credentials {
  readonly #gathered: Gathered;
  readonly #world: World;
  /** Secrets that commands gave, by the exact command; a promise, so that two connections run it once. */
  readonly #given = new Map<string, Promise<Secret>>();
  readonly #running = new Set<string>();
  readonly #tokens: OAuthTokens;

  constructor(gathered: Gathered, world: World) {
    this.#gathered = gathered;
    this.#world = world;
    this.#tokens = new OAuthTokens(world);
  }

  async get(side: Side, row: PlanRow, renew: boolean): Promise<Credential> {
    const { own, fallback } = this.#at(side, row) ?? NOTHING;
    const password = own.get(row.id);
    if (password) return { kind: 'password', password };
    switch (fallback.kind) {
      case 'none-needed':
      case 'answered-later':
        throw new CredentialMissing(side, `no ${side} password for ${row.email}`);
      case 'environment':
        return { kind: 'password', password: fallback.password };
      case 'password-file':
        return { kind: 'password', password: await readAgain(fallback.path, side, row) };
      case 'password-command':
        return { kind: 'password', password: await this.#ask('passwordCommand', fallback.argv, side, row, renew) };
      case 'token-command':
        return { kind: 'token', token: await this.#ask('tokenCommand', fallback.argv, side, row, renew) };
      case 'oauth':
        return { kind: 'token', token: await this.#tokens.get(fallback, side, row, renew) };
    }
  }

  shared(side: Side, row: PlanRow): boolean {
    const at = this.#at(side, row);
    if (!at || at.own.has(row.id)) return false;
    const { own, fallback, rows } = at;
    const lacking = rows - own.size;
    if (isShared(fallback, lacking)) return true;
    return fallback.kind === 'oauth' && lacking > 1 && this.#tokens.applicationRefused(fallback, side);
  }

  #at(side: Side, row: PlanRow): EndpointCredentials | undefined {
    return this.#gathered[side].get(endpointKey(side, row));
  }

  #ask(way: Way, words: readonly string[], side: Side, row: PlanRow, renew: boolean): Promise<Secret> {
    const argv = commandFor(words, side, row);
    const key = JSON.stringify(argv);
    const known = this.#given.get(key);
    if (known && (!renew || this.#running.has(key))) return known;
    this.#running.add(key);
    const called = `${wayName(side, endpointKey(side, row), way)} for ${row.email}`;
    const given = runCredentialCommand(argv, side, called, this.#world);
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

const NOTHING: EndpointCredentials = { own: new Map(), fallback: { kind: 'none-needed' }, rows: 0 };

/** @throws CredentialMissing  where the file cannot be used any more */
async function readAgain(path: string, side: Side, row: PlanRow): Promise<Secret> {
  try {
    return await readSecretFile(path, wayName(side, endpointKey(side, row), 'passwordFile'));
  } catch (error) {
    throw error instanceof BadInput ? new CredentialMissing(side, error.message) : error;
  }
}
