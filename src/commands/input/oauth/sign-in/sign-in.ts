import { ClientSecretPost, None } from 'openid-client';
import { Secret } from '../../../../engine/login/credentials.js';
import type { OAuthPlace } from '../../../../store/batch/batch.js';
import { BadInput } from '../../../../words/bad-input.js';
import type { Environment, Timing } from '../../../process/io.js';
import type { Config } from '../../config/read-config.js';
import { runSecretCommand } from '../../credentials/credential-command.js';
import { placeName } from '../oauth-place.js';
import { type SecretSource, settingsOfTable } from '../oauth-settings.js';
import { writeRefreshToken } from '../refresh-token.js';
import { readSecretFile } from '../secrets-of.js';
import { signInByCode } from './code.js';
import { type Signing, signInByDevice } from './device.js';
import type { Person } from './person.js';

/**
 * Signs a person in to an application of the configuration, and keeps the refresh token in the file that it names.
 *
 * @returns the file
 * @throws BadInput  where there is no such application, nobody signs in to it, or the sign-in fails
 */
export async function signIn(
  { file, written }: Pick<Config, 'file' | 'written'>,
  name: string,
  person: Person,
  io: Pick<Environment, 'env'> & Timing,
): Promise<string> {
  const { oauth = {} } = written;
  const table = Object.hasOwn(oauth, name) ? oauth[name] : undefined;
  if (!table)
    throw new BadInput(`${file}: there is no [oauth.${name}]; there are ${Object.keys(oauth).join(', ') || 'none'}`);
  const place = { file, name };
  const settings = settingsOfTable(table, place, 'oauth');
  if (settings.flow !== 'refresh' || settings.signIn === null)
    throw new BadInput(`${placeName(place, 'oauth')}: nobody signs in there: it gets its tokens by itself`);
  const { signIn: way, refreshToken, secret } = settings;
  if (refreshToken.from !== 'file') throw new Error('unreachable: a sign-in keeps its refresh token in a file');
  const refreshTokenFile = refreshToken.path;
  const signing: Signing = {
    endpoint: settings.tokenEndpoint,
    begin: way.endpoint,
    clientId: settings.clientId,
    scope: settings.scope,
    auth: secret ? ClientSecretPost((await secretFrom(secret, place, io)).reveal()) : None(),
    keep: (token) => writeRefreshToken(refreshTokenFile, token),
  };
  const signedIn =
    way.by === 'device'
      ? await signInByDevice(signing, person, io.clock)
      : await signInByCode(signing, way.parameters, person, io.clock);
  if (!signedIn.ok) throw new BadInput(`${signedIn.why}. ${signedIn.mend}`);
  return refreshTokenFile;
}

/** @throws BadInput */
async function secretFrom(
  source: SecretSource,
  place: OAuthPlace,
  io: Pick<Environment, 'env'> & Timing,
): Promise<Secret> {
  const fail = (why: string): never => {
    throw new BadInput(`${placeName(place, 'oauth')}: ${why}`);
  };
  switch (source.from) {
    case 'file':
      return await readSecretFile(source.path, source.key);
    case 'command':
      return await runSecretCommand(source.argv, io, (why) => fail(`${source.key} ${why}`));
    case 'environment': {
      const value = io.env[source.name];
      return value ? new Secret(value) : fail(`the variable ${source.name} is not set`);
    }
  }
}
