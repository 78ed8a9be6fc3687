import { afterAll, beforeAll, expect, it } from 'vitest';
import { bye, type Rule } from '../../../demo/server/index.js';
import { OAuthTokens } from '../../../src/commands/input/oauth/oauth-tokens.js';
import { openOAuth } from '../../../src/commands/input/oauth/open-oauth.js';
import { type Credentials, Secret } from '../../../src/engine/imap/session/credentials.js';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { EVERYTHING } from '../../../src/words/decision.js';
import { AnApplication } from '../../commands/input/oauth/an-application.js';
import { aNight, type Night, PASSWORD } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { refused, type Scripted, TokenEndpoint } from '../../support/token-endpoint.js';

const MINUTE = 60_000;
/** Of a token, and of the sessions that were opened with it. */
const LIFE = 6 * MINUTE;

let app: AnApplication;
beforeAll(async () => {
  app = await AnApplication.registered();
});
afterAll(() => app.leaves());

/** A way to get tokens, and how it ends when an administrator takes it away. */
interface Flow {
  readonly flow: 'm365' | 'google' | 'refresh';
  readonly settings: object;
  readonly taken: Scripted;
  /** The step that mends it, in what the operator is asked. */
  readonly mend: string;
}

const FLOWS: readonly Flow[] = [
  {
    flow: 'm365',
    settings: { tenant: 't', 'client-id': 'a', certificate: 'both.pem' },
    taken: refused('invalid_client', 'AADSTS7000222: The provided client secret keys are expired.', 401),
    mend: 'New client secret',
  },
  {
    flow: 'google',
    settings: { 'service-account': 'google.json' },
    taken: refused('unauthorized_client', 'Client is unauthorized to retrieve access tokens using this method', 401),
    mend: 'Domain-wide delegation',
  },
  {
    flow: 'refresh',
    settings: { 'client-id': 'a', 'refresh-token-file': 'refresh' },
    taken: refused('invalid_grant', 'AADSTS50173: The provided grant has expired due to it being revoked'),
    mend: 'Sign in again',
  },
];

/** An application at the destination: its tokens live six minutes, and may be revoked. */
class Tenant implements Credentials {
  readonly #issued = new Map<string, number>();
  readonly #revoked = new Set<string>();
  #tokens!: OAuthTokens;
  #source!: Awaited<ReturnType<typeof openOAuth>>['source'];
  night!: Night;
  endpoint!: TokenEndpoint;

  constructor(private readonly way: Flow) {}

  async opens(night: Night): Promise<void> {
    this.night = night;
    this.endpoint = await TokenEndpoint.open(night.clock, app.publicKey);
    this.endpoint.life = LIFE / 1000;
    const { flow, settings } = this.way;
    await app.serviceAccount(this.endpoint.url);
    for (const user of night.users) this.endpoint.users.add(user);
    await app.writes('refresh', 'refresh-0\n');
    this.endpoint.refreshTokens.add('refresh-0');
    const endpoint = flow === 'google' ? {} : { 'token-endpoint': this.endpoint.url };
    const file = await app.writes('oauth.json', { flow, ...settings, ...endpoint });
    this.#source = (await openOAuth({ file, name: null }, 'destination', {})).source;
    const { clock } = night;
    // It waits for a file outside of the night, whose clock stands still while a token is asked for.
    const ownWaits = { now: () => clock.now(), monotonic: () => clock.monotonic(), sleep: async () => undefined };
    this.#tokens = new OAuthTokens({ clock: ownWaits, env: {} });
  }

  get issued(): number {
    return this.#issued.size;
  }

  /** The administrator takes it away: no token is good from now on, and none is given. */
  revokes(): void {
    for (const token of this.#issued.keys()) this.#revoked.add(token);
    for (let i = 0; i < 50; i++) this.endpoint.scripted.push(this.way.taken);
  }

  readonly checkToken = ({ token }: { readonly token: string }): 'good' | 'expired' => {
    const since = this.#issued.get(token) ?? Number.NEGATIVE_INFINITY;
    return this.night.clock.monotonic() - since < LIFE && !this.#revoked.has(token) ? 'good' : 'expired';
  };

  readonly get: Credentials['get'] = async (side, row, renew) => {
    if (side === 'source') return { kind: 'password', password: new Secret(PASSWORD) };
    const token = await this.#while(this.#tokens.get(this.#source, side, row, renew));
    const text = token.reveal();
    if (!this.#issued.has(text)) this.#issued.set(text, this.night.clock.monotonic());
    return { kind: 'token', token };
  };

  // As of a batch: a token of each user's own is nobody else's, until the application itself is refused.
  readonly shared: Credentials['shared'] = (side) =>
    side === 'destination' && (this.way.flow !== 'google' || this.#tokens.applicationRefused(this.#source, side));

  /** The night's clock stands still while a request is on its way: the network of this machine is outside of it. */
  async #while<T>(asked: Promise<T>): Promise<T> {
    let over = false;
    const done = asked.finally(() => {
      over = true;
    });
    done.catch(() => undefined);
    while (!over) {
      this.night.clock.moved();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return await done;
  }
}

/** Ends each session with the token that opened it, and all of them at once when that is revoked. */
class Sessions {
  ended = 0;
  revokedAt = Number.POSITIVE_INFINITY;
  readonly #since = new Map<number, number>();

  constructor(private readonly night: Night) {}

  readonly expire: Rule = (event) => {
    const now = this.night.clock.monotonic();
    if (event.at === 'connect') this.#since.set(event.connection, now);
    if (event.at !== 'command') return undefined;
    const since = this.#since.get(event.connection) ?? now;
    const isRevoked = since < this.revokedAt && now >= this.revokedAt;
    if (now - since < LIFE && !isRevoked) return undefined;
    this.ended++;
    return bye('Session expired, please login again.');
  };
}

async function release({ engine }: ReturnType<Night['start']>, mailbox: string): Promise<void> {
  const selection = { ...EVERYTHING, filter: `mailbox:${mailbox}` };
  const asked = await engine.command({ do: 'preview', action: { do: 'release' }, selection });
  if (!asked.ok) return expect.unreachable(asked.why);
  expect(await engine.command({ do: 'decide', preview: asked.preview.id, by: 'eva' })).toMatchObject({ ok: true });
}

it.each(FLOWS)(
  '$flow: 40 minutes through five expiries and one revocation lose nothing, double nothing, and hold once',
  async (way) => {
    const tenant = new Tenant(way);
    const night = await aNight({
      mailboxes: 7,
      mail: (user) => ({
        INBOX: letters(40, `${user} letter`, { bytes: 4000 }),
        Old: letters(30, `${user} old`, { bytes: 4000 }),
      }),
      credentials: tenant,
      options: { concurrency: 2, stagger: { min: 0, max: 0 } },
      destination: { checkToken: (login) => tenant.checkToken(login) },
      speed: { destination: 400 },
    });
    await tenant.opens(night);
    const sessions = new Sessions(night);
    night.destination.goesWrong(sessions.expire);
    const running = night.start();
    const leave = running.engine.attend();
    const { clock } = night;
    const held = () => running.engine.status().batch.byState.held;

    await clock.passes(26 * MINUTE);
    const before = tenant.endpoint.asked.length;
    tenant.revokes();
    sessions.revokedAt = clock.monotonic();
    await clock.passes(4 * MINUTE);
    // All that are left wait for one who mends it, at work or not; only the two at work had asked for a token.
    const finished = running.engine.status().batch.byState.synced;
    expect(held()).toBe(night.users.length - finished);
    expect(held()).toBeGreaterThan(2);
    expect(tenant.endpoint.asked.length - before).toBeLessThanOrEqual(2);
    const asks = running.engine
      .status()
      .mailboxes.flatMap(({ state }) => (state.kind === 'held' ? [adviceText(state.asks, 'x')] : []));
    expect(new Set(asks)).toEqual(new Set([expect.stringContaining(way.mend)]));

    tenant.endpoint.scripted.length = 0;
    const [one] = running.engine.status().mailboxes.filter(({ state }) => state.kind === 'held');
    await release(running, one!.email);
    await clock.passes(5 * MINUTE);
    expect(held()).toBe(0);
    leave();
    expect(await clock.until(running.done)).toBe(0);
    night.checkManners();
    expect(clock.monotonic()).toBeGreaterThan(40 * MINUTE);
    // Each but the last expired, and took the sessions of two mailboxes with it.
    expect(tenant.issued).toBeGreaterThan(5);
    expect(sessions.ended).toBeGreaterThan(10);
    for (const user of night.users) expectSameMail(night, user);
  },
);
