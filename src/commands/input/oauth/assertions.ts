import { createHash, randomUUID, webcrypto } from 'node:crypto';
import { SignJWT } from 'jose';
import { type ClientAuth, modifyAssertion, PrivateKeyJwt } from 'openid-client';
import type { CertificateAndKey, ServiceAccount } from './secrets-of.js';

/** Seconds for which a certificate's assertion is good: it is used at once. */
const ASSERTION_LIFE = 300;
/** Seconds for which Google takes an assertion, at most. */
const GOOGLE_LIFE = 3600;

/**
 * An application proves itself by its certificate (RFC 7523 section 2.2). Entra finds the certificate by its
 * thumbprint; it wants the token endpoint for an audience, and PS256.
 *
 * @param now  milliseconds since the epoch
 */
export async function byCertificate(
  { certificate, key }: CertificateAndKey,
  audience: URL,
  now: number,
): Promise<ClientAuth> {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  const signing = await webcrypto.subtle.importKey('pkcs8', der, { name: 'RSA-PSS', hash: 'SHA-256' }, false, ['sign']);
  const thumbprint = (hash: string) => createHash(hash).update(certificate.raw).digest('base64url');
  return PrivateKeyJwt(signing, {
    [modifyAssertion]: (header, payload) => {
      Object.assign(header, { typ: 'JWT', x5t: thumbprint('sha1'), 'x5t#S256': thumbprint('sha256') });
      Object.assign(payload, { aud: audience.href, jti: randomUUID(), ...lasting(now, ASSERTION_LIFE) });
    },
  });
}

/**
 * A service account speaks for a user of its domain (RFC 7523 section 2.1): domain-wide delegation.
 *
 * @param now  milliseconds since the epoch
 */
export async function forUser(
  { email, key, keyId }: ServiceAccount,
  user: string,
  { scope, audience }: { readonly scope: string; readonly audience: URL },
  now: number,
): Promise<string> {
  const { iat, exp } = lasting(now, GOOGLE_LIFE);
  return await new SignJWT({ iss: email, sub: user, aud: audience.href, scope, iat, exp })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(keyId === null ? {} : { kid: keyId }) })
    .sign(key);
}

function lasting(now: number, seconds: number): { readonly iat: number; readonly nbf: number; readonly exp: number } {
  const at = Math.floor(now / 1000);
  return { iat: at, nbf: at, exp: at + seconds };
}
