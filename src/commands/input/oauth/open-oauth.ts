import { access } from 'node:fs/promises';
import { Secret } from '../../../engine/imap/session/credentials.js';
import type { OAuthPlace } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import type { SecretSource } from '../credentials/secret-source.js';
import { oauthOption, placeName } from './oauth-place.js';
import { type OAuthSettings, readOAuthSettings } from './oauth-settings.js';
import type { OAuthSource } from './oauth-source.js';
import { type AtRest, readAtRest, readCertificate, readServiceAccount } from './secrets-of.js';

/** A source of tokens, and the variables that its secrets were taken from; they leave the environment. */
export interface OpenedOAuth {
  readonly source: OAuthSource;
  readonly variables: readonly string[];
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
  const variables = sourcesOf(settings).flatMap((source) => (source.from === 'environment' ? [source.name] : []));
  const environment = new Map<string, Secret>();
  for (const name of variables) {
    const value = env[name];
    if (!value) throw new BadInput(`${placeName(place, oauthOption(side))}: the variable ${name} is not set`);
    environment.set(name, new Secret(value));
  }
  await check(settings, place, environment);
  return { source: { kind: 'oauth', place, flow: settings.flow, environment }, variables };
}

/** @throws BadInput  where a file that the settings name cannot be used */
export async function checkFiles(settings: OAuthSettings, place: OAuthPlace): Promise<void> {
  await check(settings, place, null);
}

/** Where the secrets of an application are. */
function sourcesOf(settings: OAuthSettings): readonly SecretSource[] {
  switch (settings.flow) {
    case 'm365':
      return [settings.proof.source];
    case 'google':
      return [settings.serviceAccount];
    case 'refresh':
      return settings.secret === null ? [settings.refreshToken] : [settings.refreshToken, settings.secret];
  }
}

/** @param environment  null: variables are not looked at */
async function check(
  settings: OAuthSettings,
  { name }: OAuthPlace,
  environment: ReadonlyMap<string, Secret> | null,
): Promise<void> {
  const isLookedAt = (source: SecretSource): source is AtRest =>
    source.from === 'file' || (source.from === 'environment' && environment !== null);
  if (settings.flow === 'refresh' && settings.signIn && settings.refreshToken.from === 'file' && name !== null)
    await mustBeSignedIn(settings.refreshToken.path, name);
  const isKey = settings.flow === 'google' || (settings.flow === 'm365' && settings.proof.by === 'certificate');
  for (const source of sourcesOf(settings).filter(isLookedAt)) {
    const secret = await readAtRest(source, isKey ? 'everything' : 'first line', environment ?? new Map());
    if (settings.flow === 'google') readServiceAccount(source, secret);
    else if (isKey) readCertificate(source, secret);
  }
}

/** @throws BadInput  where nobody signed in yet */
async function mustBeSignedIn(path: string, name: string): Promise<void> {
  await access(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') return;
    throw new BadInput(`refresh-token-file ${path}: is not there yet; sign in first: nightferry login ${name}`);
  });
}
