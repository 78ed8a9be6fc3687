import { z } from 'zod';
import { BadInput } from '../../../words/bad-input.js';
import { command, judged, text } from '../judged.js';
import { type Endpoint, tokenEndpoint } from './secret-url.js';

/**
 * An application that gets access tokens, as an operator writes it: a table `[oauth.NAME]` of the configuration, or the
 * JSON file of `--source-oauth`. It never holds a secret, only where one is.
 */

const WRITTEN_FLOWS = ['m365', 'google', 'device', 'code', 'refresh'] as const;
export type WrittenFlow = (typeof WRITTEN_FLOWS)[number];

const url = (key: Endpoint) =>
  judged(text, (value) =>
    tokenEndpoint(
      value,
      (why) => {
        throw new BadInput(why);
      },
      key,
    ),
  ).optional();

export const oauthSchema = z
  .strictObject({
    flow: z
      .enum(WRITTEN_FLOWS)
      .optional()
      .describe(
        'how tokens are got: m365 (application with secret or certificate), google (service account), device or code (a person signs in once by `nightferry login`), refresh (a refresh token from elsewhere); default: by the other keys',
      ),
    tenant: z
      .string()
      // It becomes a part of a URL.
      .regex(/^[A-Za-z0-9.-]+$/, 'a tenant ID or a domain is expected')
      .optional()
      .describe('Microsoft 365: Directory (tenant) ID or a domain of the tenant'),
    provider: z.enum(['google']).optional().describe('for flow "code": whose sign-in it is, where there is no tenant'),
    'client-id': text.optional().describe('Application (client) ID'),
    'secret-file': text.optional().describe('file with the client secret in its first line, mode 600'),
    'secret-command': command('secret-command').describe('command that prints the client secret; no shell is run'),
    'secret-env': text.optional().describe('environment variable with the client secret'),
    certificate: text.optional().describe('PEM file with the certificate of the application and its key, mode 600'),
    'certificate-command': command('certificate-command').describe('command that prints both in PEM form'),
    'certificate-env': text.optional().describe('environment variable with both in PEM form'),
    'service-account': text.optional().describe('JSON key file of a Google service account, mode 600'),
    'service-account-command': command('service-account-command').describe('command that prints that JSON'),
    'service-account-env': text.optional().describe('environment variable with that JSON'),
    'refresh-token-file': text
      .optional()
      .describe('file that keeps the refresh token, mode 600; `nightferry login` writes it'),
    'refresh-token-command': command('refresh-token-command').describe(
      'command that prints the refresh token, for flow "refresh"',
    ),
    'refresh-token-env': text.optional().describe('environment variable with the refresh token, for flow "refresh"'),
    scope: text.optional().describe('asked for in place of the usual scope'),
    'token-endpoint': url('token-endpoint').describe('https URL in place of the usual one, for another cloud'),
    'device-endpoint': url('device-endpoint').describe('https URL for flow "device", in place of the usual one'),
    'authorization-endpoint': url('authorization-endpoint').describe(
      'https URL for flow "code", in place of the usual one',
    ),
  })
  .describe('an application that gets access tokens');
export type WrittenOAuth = z.infer<typeof oauthSchema>;
type Key = keyof WrittenOAuth;

/** The keys that say where each secret is. */
export const SECRET = { file: 'secret-file', command: 'secret-command', env: 'secret-env' } as const;
export const CERTIFICATE = { file: 'certificate', command: 'certificate-command', env: 'certificate-env' } as const;
export const SERVICE_ACCOUNT = {
  file: 'service-account',
  command: 'service-account-command',
  env: 'service-account-env',
} as const;
export const REFRESH_TOKEN = {
  file: 'refresh-token-file',
  command: 'refresh-token-command',
  env: 'refresh-token-env',
} as const;
const SECRET_KEYS: readonly Key[] = Object.values(SECRET);
const CERTIFICATE_KEYS: readonly Key[] = Object.values(CERTIFICATE);
const ACCOUNT_KEYS: readonly Key[] = Object.values(SERVICE_ACCOUNT);
const TOKEN_KEYS: readonly Key[] = Object.values(REFRESH_TOKEN);
const COMMON = ['flow', 'scope', 'token-endpoint'] as const satisfies readonly Key[];

/** The keys of each flow; whatever else is given is a mistake. */
const KEYS: Readonly<Record<WrittenFlow, { readonly needs: readonly Key[]; readonly may: readonly Key[] }>> = {
  m365: { needs: ['tenant', 'client-id'], may: [...SECRET_KEYS, ...CERTIFICATE_KEYS] },
  google: { needs: [], may: ACCOUNT_KEYS },
  device: { needs: ['client-id', 'refresh-token-file'], may: [...SECRET_KEYS, 'tenant', 'device-endpoint'] },
  code: {
    needs: ['client-id', 'refresh-token-file'],
    may: [...SECRET_KEYS, 'tenant', 'provider', 'authorization-endpoint'],
  },
  refresh: { needs: ['client-id', 'token-endpoint'], may: [...SECRET_KEYS, ...TOKEN_KEYS] },
};

/** The flow that was named, or the one that the other keys mean. */
export function flowOf(written: Readonly<Record<string, unknown>>): WrittenFlow {
  const named = WRITTEN_FLOWS.find((one) => one === written.flow);
  return named ?? (ACCOUNT_KEYS.some((key) => key in written) ? 'google' : 'm365');
}

/** A fault of one key, or, where `key` is null, of all together. */
export interface OAuthFault {
  readonly key: string | null;
  readonly why: string;
}

/** The faults that only show when keys are held together. Each value is judged by {@link oauthSchema}. */
export function faultsOf(written: Readonly<Record<string, unknown>>): readonly OAuthFault[] {
  const flow = flowOf(written);
  const { needs, may } = KEYS[flow];
  const has = (key: Key) => key in written;
  const fits = new Set<string>([...COMMON, ...needs, ...may]);
  const known = Object.keys(oauthSchema.shape);
  return [
    ...needs.filter((key) => !has(key)).map((key) => ({ key: null, why: `"${key}" is missing` })),
    ...known
      .filter((key) => key in written && !fits.has(key))
      .map((key) => ({ key, why: `means nothing with flow "${flow}"` })),
    ...proofFault(flow, has),
    ...placeFault(flow, has),
  ];
}

function proofFault(flow: WrittenFlow, has: (key: Key) => boolean): readonly OAuthFault[] {
  const given = (keys: readonly Key[]) => keys.filter(has);
  const twice = [SECRET_KEYS, CERTIFICATE_KEYS, ACCOUNT_KEYS, TOKEN_KEYS].find((keys) => given(keys).length > 1);
  if (twice) return [{ key: given(twice)[1] ?? null, why: `give only one of ${listed(twice, 'and')}` }];
  const [secrets, certificates] = [given(SECRET_KEYS).length, given(CERTIFICATE_KEYS).length];
  if (flow === 'm365' && secrets === certificates)
    return [{ key: null, why: `give one of ${listed([...SECRET_KEYS, 'certificate'], 'or')}` }];
  if (flow === 'google' && given(ACCOUNT_KEYS).length === 0)
    return [{ key: null, why: `give one of ${listed(ACCOUNT_KEYS, 'or')}` }];
  if (flow === 'refresh' && given(TOKEN_KEYS).length === 0)
    return [{ key: null, why: `give one of ${listed(TOKEN_KEYS, 'or')}` }];
  return [];
}

/** `"a", "b" and "c"`. */
const listed = (keys: readonly Key[], last: 'and' | 'or'): string =>
  `${keys
    .slice(0, -1)
    .map((key) => `"${key}"`)
    .join(', ')} ${last} "${keys.at(-1)}"`;

/** A sign-in needs two addresses: those of a known provider, or both by name. */
function placeFault(flow: WrittenFlow, has: (key: Key) => boolean): readonly OAuthFault[] {
  if (flow !== 'device' && flow !== 'code') return [];
  const own: Key = flow === 'device' ? 'device-endpoint' : 'authorization-endpoint';
  if (has('tenant') && has('provider')) return [{ key: 'provider', why: 'give a tenant or a provider, not both' }];
  if (has('tenant') || has('provider') || (has(own) && has('token-endpoint'))) return [];
  const provider = flow === 'code' ? ', "provider"' : '';
  return [{ key: null, why: `give "tenant"${provider}, or both "${own}" and "token-endpoint"` }];
}
