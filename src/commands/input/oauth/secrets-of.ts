import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { Secret } from '../../../engine/imap/session/credentials.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Clock } from '../../../words/clock.js';
import type { Side } from '../../../words/side.js';
import { runCredentialCommand, type Taken } from '../credentials/credential-command.js';
import { readSecretFile, type SecretSource } from '../credentials/secret-source.js';
import { readPrivateFile } from './private-file.js';
import { tokenEndpoint } from './secret-url.js';

/** The surroundings of an application that asks for tokens. */
export interface OAuthWorld {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A place to take secrets from. */
export interface SecretsOf extends OAuthWorld {
  readonly side: Side;
  /** The variables that were named, taken when the program began. */
  readonly environment: ReadonlyMap<string, Secret>;
}

/** A secret that no command has to print. */
export type AtRest = Exclude<SecretSource, { readonly from: 'command' }>;

/**
 * A secret as its place has it now.
 *
 * @throws BadInput, CredentialMissing
 */
export async function readSecret(source: SecretSource, taken: Taken, from: SecretsOf): Promise<Secret> {
  return source.from === 'command'
    ? await runCredentialCommand(source.argv, from.side, source.key, from, taken)
    : await readAtRest(source, taken, from.environment);
}

/** @throws BadInput */
export async function readAtRest(
  source: AtRest,
  taken: Taken,
  environment: ReadonlyMap<string, Secret>,
): Promise<Secret> {
  const { key } = source;
  if (source.from === 'file')
    return taken === 'everything'
      ? new Secret(await readPrivateFile(source.path, key))
      : await readSecretFile(source.path, key);
  const value = environment.get(source.name);
  if (!value) throw new BadInput(`${key}: the variable ${source.name} is not set`);
  return value;
}

/** For messages: the key, and the file where it is one. */
const named = (source: SecretSource): string => (source.from === 'file' ? `${source.key} ${source.path}` : source.key);

/** A certificate that an application is known by, and the key that proves it. */
export interface CertificateAndKey {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

/** Reads both out of one PEM text. @throws BadInput */
export function readCertificate(source: SecretSource, text: Secret): CertificateAndKey {
  const fail = (why: string): never => {
    throw new BadInput(`${named(source)}: ${why}`);
  };
  const pem = text.reveal();
  const certificate = attempt(() => new X509Certificate(pem)) ?? fail('holds no certificate in PEM form');
  const key = attempt(() => createPrivateKey(pem)) ?? fail('holds no private key in PEM form without a passphrase');
  if (key.asymmetricKeyType !== 'rsa') return fail('its key must be RSA: Entra takes no other');
  if (!certificate.checkPrivateKey(key)) return fail('the private key is not that of the certificate');
  return { certificate, key };
}

/** The parts of Google's key file that are used. */
export interface ServiceAccount {
  readonly email: string;
  readonly keyId: string | null;
  readonly key: KeyObject;
  readonly tokenEndpoint: URL;
}

const accountSchema = z.object({
  type: z.literal('service_account'),
  client_email: z.string().min(1),
  private_key_id: z.string().optional(),
  private_key: z.string().min(1),
  token_uri: z.string().default('https://oauth2.googleapis.com/token'),
});

/** @throws BadInput */
export function readServiceAccount(source: SecretSource, text: Secret): ServiceAccount {
  const fail = (why: string): never => {
    throw new BadInput(`${named(source)}: ${why}`);
  };
  const read = accountSchema.safeParse(attempt((): unknown => JSON.parse(text.reveal())));
  if (!read.success) return fail('is not the JSON key of a service account; make one under Keys, Add key, JSON');
  const { client_email: email, private_key: pem, private_key_id: keyId, token_uri: endpoint } = read.data;
  const key = attempt(() => createPrivateKey(pem)) ?? fail('its private key cannot be read');
  return { email, key, keyId: keyId ?? null, tokenEndpoint: tokenEndpoint(endpoint, fail) };
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
