import { access } from 'node:fs/promises';
import { Secret } from '../../../engine/login/credentials.js';
import type { OAuthPlace } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import { oauthOption, placeName } from './oauth-place.js';
import { type OAuthSettings, readOAuthSettings, type SecretSource } from './oauth-settings.js';
import type { OAuthSource } from './oauth-source.js';
import { readCertificate, readSecretFile, readServiceAccount } from './secrets-of.js';

/** A source of tokens, and the variable that its secret was taken from; it leaves the environment. */
export interface OpenedOAuth {
  readonly source: OAuthSource;
  readonly variable: string | null;
}

/**
 * Reads the settings and every file they name, before anything starts: what cannot be used is one line now, and no
 * mailbox that is held at night. Commands run only when a token is wanted.
 *
 * @throws BadInput
 */
export async function openOAuth(
  place: OAuthPlace,
  side: Side,
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenedOAuth> {
  const settings = await readOAuthSettings(place, oauthOption(side));
  const secret = await checkedSecret(settings, place);
  const variable = secret?.from === 'environment' ? secret.name : null;
  const value = variable === null ? undefined : env[variable];
  if (variable !== null && !value)
    throw new BadInput(`${placeName(place, oauthOption(side))}: the variable ${variable} is not set`);
  const source: OAuthSource = {
    kind: 'oauth',
    place,
    flow: settings.flow,
    environment: value === undefined ? null : new Secret(value),
  };
  return { source, variable };
}

/** @throws BadInput  where a file that the settings name cannot be used */
export async function checkedSecret(settings: OAuthSettings, { name }: OAuthPlace): Promise<SecretSource | null> {
  switch (settings.flow) {
    case 'm365': {
      const { proof } = settings;
      if (proof.from !== 'certificate') return await readable(proof);
      await readCertificate(proof.path);
      return null;
    }
    case 'google':
      await readServiceAccount(settings.serviceAccount);
      return null;
    case 'refresh': {
      const { refreshTokenFile: path, secret, signIn } = settings;
      if (signIn && name !== null) await mustBeSignedIn(path, name);
      await readSecretFile(path, 'refresh-token-file');
      return secret && (await readable(secret));
    }
  }
}

/** @throws BadInput  where nobody signed in yet */
async function mustBeSignedIn(path: string, name: string): Promise<void> {
  await access(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') return;
    throw new BadInput(`refresh-token-file ${path}: is not there yet; sign in first: nightferry login ${name}`);
  });
}

async function readable(source: SecretSource): Promise<SecretSource> {
  if (source.from === 'file') await readSecretFile(source.path, 'secret-file');
  return source;
}
