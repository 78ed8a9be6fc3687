import type { ClientAuth, TokenEndpointResponse } from 'openid-client';
import { Secret } from '../../../engine/login/credentials.js';
import { loadOnce } from '../../../words/load-once.js';
import type { Side } from '../../../words/side.js';
import type { OAuthSettings } from './oauth-settings.js';
import { writeRefreshToken } from './refresh-token.js';
import { clientSecret, type OAuthWorld, readCertificate, readSecretFile, readServiceAccount } from './secrets-of.js';

/** A token that is wanted. */
export interface Wanted {
  readonly settings: OAuthSettings;
  readonly side: Side;
  /** The mailbox's user, for whom a service account speaks. */
  readonly user: string;
  readonly environment: Secret | null;
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
  /** Keeps what must outlive the token. */
  readonly keep: (answer: TokenEndpointResponse) => Promise<void>;
}

/** Most runs need neither of them, and they take a while to load. */
const load = loadOnce(async () => ({
  client: await import('openid-client'),
  assertions: await import('./assertions.js'),
}));
const nothing = async () => {};

/**
 * Reads settings, keys and secrets anew and makes a request of them.
 *
 * @throws BadInput  where a file cannot be used
 * @throws CredentialMissing  where the secret's command fails
 */
export async function makeGrant({ settings, side, user, environment }: Wanted, world: OAuthWorld): Promise<Grant> {
  const { client, assertions } = await load();
  const now = world.clock.now();
  switch (settings.flow) {
    case 'm365': {
      const { proof, tokenEndpoint: endpoint, clientId, scope } = settings;
      const common = { endpoint, clientId, type: 'client_credentials', parameters: { scope }, keep: nothing };
      if (proof.from === 'certificate') {
        const auth = await assertions.byCertificate(await readCertificate(proof.path), endpoint, now);
        return { ...common, secrets: [], auth };
      }
      const secret = await clientSecret(proof, side, environment, world);
      return { ...common, secrets: [secret], auth: client.ClientSecretPost(secret.reveal()) };
    }
    case 'google': {
      const account = await readServiceAccount(settings.serviceAccount);
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
      };
    }
    case 'refresh': {
      const { refreshTokenFile: path, scope, tokenEndpoint: endpoint, clientId } = settings;
      const token = await readSecretFile(path, 'refresh-token-file');
      const secret = settings.secret && (await clientSecret(settings.secret, side, environment, world));
      return {
        endpoint,
        clientId,
        secrets: secret ? [token, secret] : [token],
        auth: secret ? client.ClientSecretPost(secret.reveal()) : client.None(),
        type: 'refresh_token',
        parameters: { refresh_token: token.reveal(), ...(scope === null ? {} : { scope }) },
        keep: (answer) => keepRefreshToken(path, token, answer),
      };
    }
  }
}

/**
 * A refresh token that was replaced may be good no longer (RFC 6749 section 6): the new one takes its place on disk.
 *
 * @throws BadInput  where it cannot
 */
async function keepRefreshToken(path: string, used: Secret, { refresh_token: next }: TokenEndpointResponse) {
  if (next !== undefined && next !== '' && next !== used.reveal()) await writeRefreshToken(path, new Secret(next));
}
