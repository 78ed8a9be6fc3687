import { ClientSecretPost, None } from 'openid-client';
import { BadInput } from '../../../../words/bad-input.js';
import type { Environment, Timing } from '../../../process/io.js';
import type { Config } from '../../config/read-config.js';
import { readFirstLine } from '../../credentials/secret-source.js';
import { placeName } from '../oauth-place.js';
import { settingsOfTable } from '../oauth-settings.js';
import { writeRefreshToken } from '../refresh-token.js';
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
  const clientSecret = secret && (await readFirstLine(secret, `${placeName(place, 'oauth')}: ${secret.key}`, io));
  const signing: Signing = {
    endpoint: settings.tokenEndpoint,
    begin: way.endpoint,
    clientId: settings.clientId,
    scope: settings.scope,
    auth: clientSecret ? ClientSecretPost(clientSecret.reveal()) : None(),
    keep: (token) => writeRefreshToken(refreshTokenFile, token),
  };
  const signedIn =
    way.by === 'device'
      ? await signInByDevice(signing, person, io.clock)
      : await signInByCode(signing, way.parameters, person, io.clock);
  if (!signedIn.ok) throw new BadInput(`${signedIn.why}. ${signedIn.mend}`);
  return refreshTokenFile;
}
