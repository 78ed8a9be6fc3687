import { NotTrusted } from '../../../engine/imap/connection/transport.js';
import { LoginFailed } from '../../../engine/imap/session/login-failed.js';
import type { Untrusted } from '../../../ui/screens/start/services.js';

/** Failures that an operator may overrule by fingerprint. A certificate that was revoked, or is not the named one, is not here. */
const WHY: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is signed by itself',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known here',
  CERT_UNTRUSTED: 'its authority is not trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is made out to another host',
  HOSTNAME_MISMATCH: 'it is made out to another host',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
};

/** Why a certificate did not pass, where the operator may vouch for it; else null. @param code  of the check */
export function whyUntrusted(code: string): string | null {
  return WHY[code] ?? null;
}

/** @returns what the server showed, where that is why nobody logged in and the operator may vouch for it */
export function untrustedBy(error: unknown, host: string): Untrusted | null {
  const cause = error instanceof LoginFailed ? error.cause : null;
  if (!(cause instanceof NotTrusted)) return null;
  const why = whyUntrusted(cause.code);
  return why === null ? null : { host, why, certificate: cause.certificate };
}
