import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { BadInput } from '../../../words/bad-input.js';
import { splitWords } from '../credentials/shell-words.js';
import { readPrivateFile } from './private-file.js';

/** Where a secret comes from; the file of settings never holds one itself. */
export type SecretSource =
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'command'; readonly argv: readonly string[] }
  | { readonly from: 'environment'; readonly name: string };

/** An application that gets access tokens, as the operator registered it. */
export type OAuthSettings =
  | {
      readonly flow: 'm365';
      readonly tokenEndpoint: URL;
      readonly clientId: string;
      readonly scope: string;
      readonly proof: SecretSource | { readonly from: 'certificate'; readonly path: string };
    }
  | {
      readonly flow: 'google';
      /** Path of the key file that Google gave. */
      readonly serviceAccount: string;
      readonly scope: string;
      /** Null: the one that the key file names. */
      readonly tokenEndpoint: URL | null;
    }
  | {
      readonly flow: 'refresh';
      readonly tokenEndpoint: URL;
      readonly clientId: string;
      readonly scope: string | null;
      readonly refreshTokenFile: string;
      /** Null: a public client, which has none. */
      readonly secret: SecretSource | null;
    };

export const FLOWS = ['m365', 'google', 'refresh'] as const satisfies readonly OAuthSettings['flow'][];
export type Flow = (typeof FLOWS)[number];

const text = z.string().min(1);
const secretFields = {
  'secret-file': text.optional(),
  'secret-command': text.optional(),
  'secret-env': text.optional(),
};
const fileSchema = z.discriminatedUnion('flow', [
  z.strictObject({
    flow: z.literal('m365'),
    // It becomes a part of a URL.
    tenant: z.string().regex(/^[A-Za-z0-9.-]+$/, 'a tenant ID or a domain is expected'),
    'client-id': text,
    ...secretFields,
    certificate: text.optional(),
    scope: text.optional(),
    'token-endpoint': text.optional(),
  }),
  z.strictObject({
    flow: z.literal('google'),
    'service-account': text,
    scope: text.optional(),
    'token-endpoint': text.optional(),
  }),
  z.strictObject({
    flow: z.literal('refresh'),
    'token-endpoint': text,
    'client-id': text,
    'refresh-token-file': text,
    ...secretFields,
    scope: text.optional(),
  }),
]);
type Written = z.infer<typeof fileSchema>;

/**
 * Reads the file of `--source-oauth` or its twin. Paths in it are taken from its own folder.
 *
 * @param option  for messages: `--source-oauth`
 * @throws BadInput
 */
export async function readOAuthSettings(path: string, option: string): Promise<OAuthSettings> {
  const fail = (why: string): never => {
    throw new BadInput(`${option} ${path}: ${why}`);
  };
  let json: unknown;
  try {
    json = JSON.parse(await readPrivateFile(path, option));
  } catch (error) {
    if (error instanceof BadInput) throw error;
    // The parser's own words repeat what stood there.
    return fail('is not JSON');
  }
  const read = fileSchema.safeParse(json);
  if (!read.success) return fail(issue(read.error));
  return settingsOf(read.data, dirname(path), fail);
}

function issue(error: z.ZodError): string {
  const [first] = error.issues;
  if (!first) return 'is not understood';
  if (first.path[0] === 'flow') return `"flow" must be one of ${FLOWS.join(', ')}`;
  if (first.code === 'unrecognized_keys') return `${first.keys.map((key) => `"${key}"`).join(', ')} is not known here`;
  return first.path.length === 0 ? 'an object is expected' : `"${first.path.join('.')}": ${first.message}`;
}

function settingsOf(written: Written, folder: string, fail: (why: string) => never): OAuthSettings {
  const endpoint = (given: string) => tokenEndpoint(given, fail);
  switch (written.flow) {
    case 'm365': {
      const secret = secretOf(written, folder, fail);
      if ((secret === null) === (written.certificate === undefined))
        return fail('give one of "secret-file", "secret-command", "secret-env" or "certificate"');
      const proof = secret ?? { from: 'certificate' as const, path: resolve(folder, written.certificate ?? '') };
      return {
        flow: 'm365',
        tokenEndpoint: endpoint(
          written['token-endpoint'] ?? `https://login.microsoftonline.com/${written.tenant}/oauth2/v2.0/token`,
        ),
        clientId: written['client-id'],
        scope: written.scope ?? 'https://outlook.office365.com/.default',
        proof,
      };
    }
    case 'google':
      return {
        flow: 'google',
        serviceAccount: resolve(folder, written['service-account']),
        scope: written.scope ?? 'https://mail.google.com/',
        tokenEndpoint: written['token-endpoint'] === undefined ? null : endpoint(written['token-endpoint']),
      };
    case 'refresh':
      return {
        flow: 'refresh',
        tokenEndpoint: endpoint(written['token-endpoint']),
        clientId: written['client-id'],
        scope: written.scope ?? null,
        refreshTokenFile: resolve(folder, written['refresh-token-file']),
        secret: secretOf(written, folder, fail),
      };
  }
}

type WithSecret = { readonly [name in keyof typeof secretFields]?: string | undefined };

function secretOf(written: WithSecret, folder: string, fail: (why: string) => never): SecretSource | null {
  const { 'secret-file': file, 'secret-command': command, 'secret-env': name } = written;
  if ([file, command, name].filter((one) => one !== undefined).length > 1)
    return fail('give only one of "secret-file", "secret-command" and "secret-env"');
  if (file !== undefined) return { from: 'file', path: resolve(folder, file) };
  if (command !== undefined) return { from: 'command', argv: splitWords(command, 'secret-command') };
  return name === undefined ? null : { from: 'environment', name };
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** A URL that secrets may be sent to. @throws what `fail` throws */
export function tokenEndpoint(given: string, fail: (why: string) => never): URL {
  const url = URL.canParse(given) ? new URL(given) : fail('"token-endpoint" is no URL');
  if (url.username !== '' || url.password !== '') return fail('"token-endpoint" must not hold a user or a password');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))) return url;
  return fail('"token-endpoint" must be https: secrets are sent to it');
}
