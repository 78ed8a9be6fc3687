import { dirname } from 'node:path';
import type { OAuthPlace } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import { type SecretSource, type SourceKeys, sourceOf } from '../credentials/secret-source.js';
import { isTable } from '../is-table.js';
import { issuesOf } from '../zod-issues.js';
import { placeName } from './oauth-place.js';
import {
  CERTIFICATE,
  faultsOf,
  flowOf,
  type OAuthFault,
  oauthSchema,
  REFRESH_TOKEN,
  SECRET,
  SERVICE_ACCOUNT,
  type WrittenOAuth,
} from './oauth-schema.js';
import { readOwnFile, readPrivateFile } from './private-file.js';
import { type Endpoint, tokenEndpoint } from './secret-url.js';

/** An application that gets access tokens, as the operator registered it. */
export type OAuthSettings =
  | {
      readonly flow: 'm365';
      readonly tokenEndpoint: URL;
      readonly clientId: string;
      readonly scope: string;
      /** A client secret, or a certificate with its key as PEM. */
      readonly proof: { readonly by: 'secret' | 'certificate'; readonly source: SecretSource };
    }
  | {
      readonly flow: 'google';
      /** The JSON key that Google gave. */
      readonly serviceAccount: SecretSource;
      readonly scope: string;
      /** Null: the one that the key file names. */
      readonly tokenEndpoint: URL | null;
    }
  | {
      readonly flow: 'refresh';
      readonly tokenEndpoint: URL;
      readonly clientId: string;
      readonly scope: string | null;
      /** A file takes the next one, too, where the endpoint replaces it. */
      readonly refreshToken: SecretSource;
      /** Null: a public client, which has none. */
      readonly secret: SecretSource | null;
      /** How a person signs in to get the first one; null: they get it elsewhere. */
      readonly signIn: SignIn | null;
    };

/** The endpoint that a sign-in begins at. */
type SignIn =
  /** A code is typed on any device (RFC 8628). */
  | { readonly by: 'device'; readonly endpoint: URL }
  /** A browser comes back with a code (RFC 6749 section 4.1, RFC 7636). */
  | { readonly by: 'code'; readonly endpoint: URL; readonly parameters: Readonly<Record<string, string>> };

export const FLOWS = ['m365', 'google', 'refresh'] as const satisfies readonly OAuthSettings['flow'][];
export type Flow = (typeof FLOWS)[number];

/**
 * Reads the file of `--source-oauth`, or a table of the configuration. Paths in it are taken from its own folder.
 *
 * @param called  for messages: `--source-oauth`
 * @throws BadInput
 */
export async function readOAuthSettings({ file, name }: OAuthPlace, called: string): Promise<OAuthSettings> {
  const fail = failureAt({ file, name }, called);
  const written = name === null ? await jsonOf(file, called, fail) : await tableOf(file, name, fail);
  if (!isTable(written)) return fail('an object is expected');
  const read = oauthSchema.safeParse(written);
  const issues = read.success ? [] : read.error.issues.flatMap(issuesOf);
  const [fault] = [
    ...issues.map(({ path, why, namesItself }) => ({ key: namesItself ? null : path.join('.'), why })),
    ...faultsOf(written),
  ];
  if (fault || !read.success) return fail(faultText(fault));
  return settingsOf(read.data, dirname(file), fail);
}

/**
 * The settings of a table that was read and judged with its configuration.
 *
 * @param place   the table
 * @param called  for messages: `oauth`
 * @throws BadInput
 */
export function settingsOfTable(written: WrittenOAuth, place: OAuthPlace, called: string): OAuthSettings {
  return settingsOf(written, dirname(place.file), failureAt(place, called));
}

const failureAt =
  (place: OAuthPlace, called: string): Fail =>
  (why) => {
    throw new BadInput(`${placeName(place, called)}: ${why}`);
  };

const faultText = (fault: OAuthFault | undefined): string =>
  !fault?.key ? (fault?.why ?? 'is not understood') : `"${fault.key}": ${fault.why}`;

type Fail = (why: string) => never;

async function jsonOf(file: string, called: string, fail: Fail): Promise<unknown> {
  const text = await readPrivateFile(file, called);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words repeat what stood there.
    return fail('is not JSON');
  }
}

async function tableOf(file: string, name: string, fail: Fail): Promise<unknown> {
  const text = await readOwnFile(file, 'configuration');
  // Most runs read no configuration.
  const { parse, TomlError } = await import('smol-toml');
  try {
    const { oauth } = parse(text, { unsafeKeyBehaviour: 'throw' });
    return isTable(oauth) && Object.hasOwn(oauth, name) ? oauth[name] : fail('is no longer there');
  } catch (error) {
    if (error instanceof TomlError) return fail(`the file is no TOML (line ${error.line}, column ${error.column})`);
    throw error;
  }
}

/** Names and addresses of Microsoft 365, where the table does not say others. */
const MICROSOFT = 'https://login.microsoftonline.com';
const MICROSOFT_USER_SCOPE = 'https://outlook.office.com/IMAP.AccessAsUser.All offline_access';
const GOOGLE_SCOPE = 'https://mail.google.com/';

/** @param folder  that paths are taken from @throws what `fail` throws */
function settingsOf(written: WrittenOAuth, folder: string, fail: Fail): OAuthSettings {
  const { tenant = '', 'client-id': clientId = '' } = written;
  const endpoint = (given: string | undefined, usual: string, key: Endpoint = 'token-endpoint') =>
    tokenEndpoint(given ?? usual, fail, key);
  const given = written['token-endpoint'];
  const microsoft = (leaf: string) => `${MICROSOFT}/${tenant}/oauth2/v2.0/${leaf}`;
  const needed = (keys: SourceKeys<keyof WrittenOAuth>) =>
    sourceOf(written, keys, folder) ?? fail(`"${keys.file}" is missing`);
  const flow = flowOf(written);
  switch (flow) {
    case 'm365': {
      const secret = sourceOf(written, SECRET, folder);
      const proof = secret
        ? ({ by: 'secret', source: secret } as const)
        : ({ by: 'certificate', source: needed(CERTIFICATE) } as const);
      const scope = written.scope ?? 'https://outlook.office365.com/.default';
      return { flow, tokenEndpoint: endpoint(given, microsoft('token')), clientId, scope, proof };
    }
    case 'google':
      return {
        flow,
        serviceAccount: needed(SERVICE_ACCOUNT),
        scope: written.scope ?? GOOGLE_SCOPE,
        tokenEndpoint: given === undefined ? null : endpoint(given, ''),
      };
    case 'device':
    case 'code':
    case 'refresh': {
      const isGoogle = written.provider === 'google';
      const usualScope = isGoogle ? GOOGLE_SCOPE : written.tenant === undefined ? null : MICROSOFT_USER_SCOPE;
      return {
        flow: 'refresh',
        tokenEndpoint: endpoint(given, isGoogle ? 'https://oauth2.googleapis.com/token' : microsoft('token')),
        clientId,
        scope: written.scope ?? usualScope,
        refreshToken: needed(REFRESH_TOKEN),
        secret: sourceOf(written, SECRET, folder),
        signIn: signInOf(flow, written, endpoint, microsoft),
      };
    }
  }
}

function signInOf(
  flow: 'device' | 'code' | 'refresh',
  written: WrittenOAuth,
  endpoint: (given: string | undefined, usual: string, key: Endpoint) => URL,
  microsoft: (leaf: string) => string,
): SignIn | null {
  if (flow === 'refresh') return null;
  if (flow === 'device')
    return { by: flow, endpoint: endpoint(written['device-endpoint'], microsoft('devicecode'), 'device-endpoint') };
  const given = written['authorization-endpoint'];
  if (written.provider !== 'google')
    return { by: flow, endpoint: endpoint(given, microsoft('authorize'), 'authorization-endpoint'), parameters: {} };
  const usual = 'https://accounts.google.com/o/oauth2/v2/auth';
  // Without both, Google gives a refresh token at the first consent only.
  const parameters = { access_type: 'offline', prompt: 'consent' };
  return { by: flow, endpoint: endpoint(given, usual, 'authorization-endpoint'), parameters };
}
