/** Code of the check of a certificate against the fingerprint that was vouched for. */
export const FINGERPRINT_MISMATCH = 'FINGERPRINT_MISMATCH';

/** Failures that an operator may overrule by fingerprint. A certificate that was revoked is not here. */
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
