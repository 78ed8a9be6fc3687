import type { ClientAuth, TokenEndpointResponse } from 'openid-client';
import { Secret } from '../../../engine/imap/session/credentials.js';
import { loadOnce } from '../../../words/load-once.js';
import type { Side } from '../../../words/side.js';
import type { OAuthSettings } from './oauth-settings.js';
import { writeRefreshToken } from './refresh-token.js';
import { type OAuthWorld, readCertificate, readSecret, readServiceAccount, type SecretsOf } from './secrets-of.js';

/** A token that is wanted. */
export interface Wanted {
  readonly settings: OAuthSettings;
  readonly side: Side;
  /** The mailbox's user, for whom a service account speaks. */
  readonly user: string;
  readonly environment: ReadonlyMap<string, Secret>;
  /** The refresh token that took the place of the one that is no file; null: none did. */
  readonly replaced: Secret | null;
}

/** The request to a token endpoint, with everything that was read for it. */
export interface Grant {
  readonly endpoint: URL;
  /** The secrets that were sent: an answer may repeat them. */
  readonly secrets: readonly Secret[];
  readonly clientId: string;
  readonly auth: ClientAuth;
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Keeps what must outlive the token. @throws BadInput  where it cannot */
  readonly keep: (answer: TokenEndpointResponse) => Promise<void>;
  /** Whether another process has put another secret in the place of the one that was sent. @throws BadInput */
  readonly isOutdated: () => Promise<boolean>;
}

/** Most runs need neither of them, and they take a while to load. */
const load = loadOnce(async () => ({
  client: await import('openid-client'),
  assertions: await import('./assertions.js'),
}));
/** Another process has so long to write a refresh token that it was given. */
const WRITTEN_WITHIN_MS = 2_000;
const nothing = async () => {};
const never = async () => false;

/**
 * Reads settings, keys and secrets anew and makes a request of them.
 *
 * @throws BadInput  where a file cannot be used
 * @throws CredentialMissing  where the secret's command fails
 */
export async function makeGrant(
  { settings, side, user, environment, replaced }: Wanted,
  world: OAuthWorld,
  keepReplaced: (token: Secret) => void,
): Promise<Grant> {
  const from = { ...world, side, environment };
  const { client, assertions } = await load();
  const now = world.clock.now();
  switch (settings.flow) {
    case 'm365': {
      const { proof, tokenEndpoint: endpoint, clientId, scope } = settings;
      const common = {
        endpoint,
        clientId,
        type: 'client_credentials',
        parameters: { scope },
        keep: nothing,
        isOutdated: never,
      };
      if (proof.by === 'certificate') {
        const auth = await assertions.byCertificate(
          readCertificate(proof.source, await readSecret(proof.source, 'everything', from)),
          endpoint,
          now,
        );
        return { ...common, secrets: [], auth };
      }
      const secret = await readSecret(proof.source, 'first line', from);
      return { ...common, secrets: [secret], auth: client.ClientSecretPost(secret.reveal()) };
    }
    case 'google': {
      const { serviceAccount: key } = settings;
      const account = readServiceAccount(key, await readSecret(key, 'everything', from));
      const endpoint = settings.tokenEndpoint ?? account.tokenEndpoint;
      const assertion = await assertions.forUser(account, user, { scope: settings.scope, audience: endpoint }, now);
      return {
        endpoint,
        secrets: [new Secret(assertion)],
        clientId: account.email,
        // The assertion says who asks.
        auth: () => {},
        type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        parameters: { assertion },
        keep: nothing,
        isOutdated: never,
      };
    }
    case 'refresh':
      return await byRefreshToken(settings, replaced, from, client, keepReplaced);
  }
}

type Refreshing = Extract<OAuthSettings, { flow: 'refresh' }>;
type Client = Awaited<ReturnType<typeof load>>['client'];

async function byRefreshToken(
  { refreshToken: source, secret: place, scope, tokenEndpoint: endpoint, clientId }: Refreshing,
  replaced: Secret | null,
  from: SecretsOf,
  client: Client,
  keepReplaced: (token: Secret) => void,
): Promise<Grant> {
  const isFile = source.from === 'file';
  const token = isFile || replaced === null ? await readSecret(source, 'first line', from) : replaced;
  const secret = place && (await readSecret(place, 'first line', from));
  // A refresh token that was replaced may be good no longer (RFC 6749 section 6).
  const keep = async ({ refresh_token: next }: TokenEndpointResponse) => {
    if (next === undefined || next === '' || next === token.reveal()) return;
    if (isFile) await writeRefreshToken(source.path, new Secret(next));
    else keepReplaced(new Secret(next));
  };
  return {
    endpoint,
    clientId,
    secrets: secret ? [token, secret] : [token],
    auth: secret ? client.ClientSecretPost(secret.reveal()) : client.None(),
    type: 'refresh_token',
    parameters: { refresh_token: token.reveal(), ...(scope === null ? {} : { scope }) },
    keep,
    isOutdated: async () => {
      if (!isFile) return false;
      // Whoever used it has an answer by now, and puts the next one into the file.
      await from.clock.sleep(WRITTEN_WITHIN_MS);
      return (await readSecret(source, 'first line', from)).reveal() !== token.reveal();
    },
  };
}
