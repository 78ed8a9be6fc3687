import { redactorFor } from '../../../engine/imap/connection/redact-secret.js';
import { CredentialLater, CredentialMissing, type Secret } from '../../../engine/imap/session/credentials.js';
import { sanitise } from '../../../engine/responses/sanitise.js';
import type { OAuthPlace, PlanRow } from '../../../store/batch/batch.js';
import { userOn } from '../../../store/batch/endpoints.js';
import type { Advice } from '../../../words/advice/advice.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import { askEndpoint } from './ask-endpoint.js';
import { makeGrant } from './grant.js';
import { oauthOption, placeName } from './oauth-place.js';
import { type OAuthSettings, readOAuthSettings } from './oauth-settings.js';
import type { OAuthSource } from './oauth-source.js';
import { placeOf, RefreshTurns } from './refresh-turns.js';
import { concernsAll, explain, type Refusal } from './refusals.js';
import type { OAuthWorld } from './secrets-of.js';

/** A token is renewed so long before it expires: a login under way outlives the old one. */
const RENEWED_BEFORE_MS = 120_000;
/** An endpoint is asked so often before its mailboxes rest. */
const MOST_TRIES = 3;
/** A longer wait is not sat out with a connection's place in hand: the mailbox rests. */
const LONGEST_WAIT_S = 20;
/** Seconds of rest where the endpoint named none. */
const REST_S = 60;
/** Seconds that an endpoint may make everybody wait by one answer. */
const LONGEST_REST_S = 3600;
/** A description of a server is shown as far as that. */
const DESCRIPTION = 200;

interface Kept {
  readonly token: Secret;
  /** By the monotonic clock; a new one is asked for from then on. */
  readonly renewAt: number;
  readonly expiresAt: number;
}

/** Endpoints of a side that name the same application share its tokens, its rest and its refusal. */
const applicationOf = ({ file, name }: OAuthPlace, side: Side): string => JSON.stringify([side, file, name]);

/** Access tokens of a batch: one for an application, one for each user of a service account. In memory only. */
export class OAuthTokens {
  readonly #kept = new Map<string, Kept>();
  readonly #asking = new Map<string, Promise<Kept>>();
  /** The token that each row was given last: a row that was refused with it needs another. */
  readonly #given = new Map<string, Secret>();
  /** Refresh tokens that replaced one that is in no file, by where that one came from. */
  readonly #replaced = new Map<string, Secret>();
  readonly #turns = new RefreshTurns();
  /** By application: until when its endpoint wants to be left alone, by the monotonic clock. */
  readonly #restUntil = new Map<string, number>();
  /** Applications that were themselves refused, whoever they came for. */
  readonly #refused = new Set<string>();

  constructor(private readonly world: OAuthWorld) {}

  /** The application was refused in this run: that concerned all that it serves. */
  applicationRefused({ place }: OAuthSource, side: Side): boolean {
    return this.#refused.has(applicationOf(place, side));
  }

  /**
   * @param renew  the server refused the token that this row was given
   * @throws CredentialMissing  where the operator must do something
   * @throws CredentialLater  where time will help
   */
  async get(source: OAuthSource, side: Side, row: PlanRow, renew: boolean): Promise<Secret> {
    const user = userOn(side, row);
    const application = applicationOf(source.place, side);
    const key = source.flow === 'google' ? `${application} ${user}` : application;
    const whose = `${side} ${row.id}`;
    const kept = this.#kept.get(key);
    const isRefused = renew && kept?.token === this.#given.get(whose);
    const now = this.world.clock.monotonic();
    const token =
      kept && !isRefused && now < kept.renewAt
        ? kept.token
        : await this.#renewed(key, source, side, user, isRefused ? null : (kept ?? null));
    this.#given.set(whose, token);
    return token;
  }

  /** @param old  null: not to be used any more */
  async #renewed(key: string, source: OAuthSource, side: Side, user: string, old: Kept | null): Promise<Secret> {
    const asking = this.#asking.get(key) ?? this.#keep(key, source, side, user);
    this.#asking.set(key, asking);
    try {
      return (await asking).token;
    } catch (error) {
      // The endpoint rests shortly before the end of a token that is good still.
      if (error instanceof CredentialLater && old && this.world.clock.monotonic() < old.expiresAt) return old.token;
      throw error;
    }
  }

  async #keep(key: string, source: OAuthSource, side: Side, user: string): Promise<Kept> {
    try {
      const kept = await this.#ask(source, side, user);
      // Before it counts as answered: else whoever comes in between would ask again.
      this.#kept.set(key, kept);
      return kept;
    } finally {
      this.#asking.delete(key);
    }
  }

  /** @throws CredentialMissing  where a file or a secret cannot be used: mended, it counts at the next try */
  async #ask(source: OAuthSource, side: Side, user: string): Promise<Kept> {
    const application = applicationOf(source.place, side);
    this.#mustNotRest(application, side);
    try {
      return await this.#askUntilAnswered(source, side, user);
    } catch (error) {
      if (error instanceof BadInput) {
        this.#refused.add(application);
        throw new CredentialMissing(side, error.message, MEND_FILE, ALL);
      }
      throw error;
    }
  }

  async #askUntilAnswered(source: OAuthSource, side: Side, user: string): Promise<Kept> {
    const { clock } = this.world;
    const option = oauthOption(side);
    const application = applicationOf(source.place, side);
    for (let tries = 1; ; tries++) {
      const settings = await readOAuthSettings(source.place, option);
      if (settings.flow !== source.flow)
        throw new BadInput(
          `${placeName(source.place, option)}: "flow" was ${source.flow} when the run began; stop and resume`,
        );
      const ask = () => this.#askOnce(settings, source, side, user);
      const { grant, answer, asked } = await (settings.flow === 'refresh'
        ? this.#turns.inTurn(settings.refreshToken, ask)
        : ask());
      if (answer.kind === 'granted') return keeps(answer.token, asked, answer.seconds);
      const { host } = grant.endpoint;
      if (answer.kind === 'untrusted') {
        this.#refused.add(application);
        throw new CredentialMissing(side, `the certificate of ${host} is not trusted (${answer.why})`, MEND_TRUST, ALL);
      }
      if (answer.kind === 'refused' && tries < MOST_TRIES && (await grant.isOutdated())) continue;
      if (answer.kind === 'refused') throw this.#refusal(answer.refusal, source, side, host, grant.secrets);
      const wait = Math.min(answer.wait ?? 2 ** tries, LONGEST_REST_S);
      if (tries === MOST_TRIES || wait > LONGEST_WAIT_S) {
        const rest = Math.min(answer.wait ?? REST_S, LONGEST_REST_S);
        this.#restUntil.set(application, clock.monotonic() + rest * 1000);
        throw new CredentialLater(side, `${host} gives no access token for now (${answer.why})`, rest);
      }
      await clock.sleep(wait * 1000);
    }
  }

  async #askOnce(settings: OAuthSettings, { environment }: OAuthSource, side: Side, user: string) {
    const { clock } = this.world;
    const place = settings.flow === 'refresh' ? placeOf(settings.refreshToken) : null;
    const replaced = place === null ? null : (this.#replaced.get(place) ?? null);
    const grant = await makeGrant({ settings, side, user, environment, replaced }, this.world, (token) => {
      if (place !== null) this.#replaced.set(place, token);
    });
    const asked = clock.monotonic();
    return { grant, asked, answer: await askEndpoint(grant, clock) };
  }

  /** @throws CredentialLater */
  #mustNotRest(application: string, side: Side): void {
    const left = (this.#restUntil.get(application) ?? 0) - this.world.clock.monotonic();
    if (left > 0)
      throw new CredentialLater(
        side,
        `the token endpoint of the ${side} wants to be left alone`,
        Math.ceil(left / 1000),
      );
  }

  #refusal(
    refusal: Refusal,
    { flow, place }: OAuthSource,
    side: Side,
    host: string,
    secrets: readonly Secret[],
  ): CredentialMissing {
    const { wrong, what } = explain(refusal, flow);
    if (concernsAll(wrong)) this.#refused.add(applicationOf(place, side));
    const said =
      wrong === 'unknown' && refusal.description ? `; it says: ${harmless(refusal.description, secrets)}` : '';
    const advice: Advice =
      wrong === 'refresh token' && place.name !== null
        ? { key: 'sign in again', oauth: place.name }
        : { key: 'application refused', wrong };
    const concerns = concernsAll(wrong) ? ALL : 'this mailbox';
    return new CredentialMissing(side, `${host} gives no access token: ${what}${said}`, advice, concerns);
  }
}

const ALL = 'all that share it';
const MEND_TRUST: Advice = { key: 'token endpoint not trusted' };
const MEND_FILE: Advice = { key: 'oauth file' };

function keeps(token: Secret, asked: number, seconds: number | null): Kept {
  // Where the endpoint does not say how long, it is kept until a server refuses it.
  if (seconds === null) return { token, renewAt: Number.POSITIVE_INFINITY, expiresAt: Number.POSITIVE_INFINITY };
  const life = seconds * 1000;
  return { token, renewAt: asked + life - Math.min(RENEWED_BEFORE_MS, life / 2), expiresAt: asked + life };
}

/** An endpoint may repeat what it gave before. IDs by which its support finds a request have 36 characters. */
const LIKE_A_TOKEN = /[\w.~+/=-]{40,}/g;

function harmless(text: string, secrets: readonly Secret[]): string {
  const redacted = secrets.reduce((rest, secret) => redactorFor(secret.reveal())(rest), text);
  return sanitise(redacted.replace(LIKE_A_TOKEN, '***'), DESCRIPTION);
}
