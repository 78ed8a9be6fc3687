import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { Secret } from '../../../engine/login/credentials.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Clock } from '../../../words/clock.js';
import type { Side } from '../../../words/side.js';
import { runCredentialCommand } from '../credentials/credential-command.js';
import type { SecretSource } from './oauth-settings.js';
import { readPrivateFile } from './private-file.js';
import { tokenEndpoint } from './secret-url.js';

/** The surroundings of an application that asks for tokens. */
export interface OAuthWorld {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The client secret.
 *
 * @param environment  the value of the variable that was named, taken when the program began
 * @throws BadInput, CredentialMissing
 */
export async function clientSecret(
  source: SecretSource,
  side: Side,
  environment: Secret | null,
  world: OAuthWorld,
): Promise<Secret> {
  switch (source.from) {
    case 'file':
      return await readSecretFile(source.path, 'secret-file');
    case 'command':
      return await runCredentialCommand(source.argv, side, 'secret-command', world);
    case 'environment':
      if (environment === null) throw new BadInput(`secret-env: the variable ${source.name} is not set`);
      return environment;
  }
}

/**
 * The first line of a private file: editors end a file with a newline, and it is no part of a secret.
 *
 * @param what  for messages: `secret-file`
 * @throws BadInput
 */
export async function readSecretFile(path: string, what: string): Promise<Secret> {
  const text = await readPrivateFile(path, what);
  const line = text.split(/\r?\n/, 1)[0]?.trim() ?? '';
  if (line === '') throw new BadInput(`${what} ${path}: its first line is empty`);
  return new Secret(line);
}

/** A certificate that an application is known by, and the key that proves it. */
export interface CertificateAndKey {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

/** Reads a PEM file with both. @throws BadInput */
export async function readCertificate(path: string): Promise<CertificateAndKey> {
  const fail = (why: string): never => {
    throw new BadInput(`certificate ${path}: ${why}`);
  };
  const pem = await readPrivateFile(path, 'certificate');
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
export async function readServiceAccount(path: string): Promise<ServiceAccount> {
  const fail = (why: string): never => {
    throw new BadInput(`service-account ${path}: ${why}`);
  };
  const text = await readPrivateFile(path, 'service-account');
  const read = accountSchema.safeParse(attempt((): unknown => JSON.parse(text)));
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
