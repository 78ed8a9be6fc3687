/** RFC 4616: authzid NUL authcid NUL password. */
export interface PlainLogin {
  /** Whom to act as; empty: whoever logs in. */
  readonly authzid: string;
  readonly user: string;
  readonly password: string;
}

export function parsePlain(message: string): PlainLogin | null {
  const parts = message.split('\0');
  const [authzid, user, password] = parts;
  if (parts.length !== 3 || authzid === undefined || user === undefined || password === undefined) return null;
  return { authzid, user, password };
}

export interface BearerLogin {
  readonly user: string;
  readonly token: string;
}

/** Google's XOAUTH2: `user=U^Aauth=Bearer T^A^A`. */
export function parseXoauth2(message: string): BearerLogin | null {
  const found = /^user=([^\x01]+)\x01auth=Bearer ([^\x01]+)\x01\x01$/i.exec(message);
  return found ? { user: found[1]!, token: found[2]! } : null;
}

/** OAUTHBEARER (RFC 7628 section 3.1): a GS2 header with the user, then key-value pairs. */
export function parseOauthBearer(message: string): BearerLogin | null {
  const found = /^n,a=([^,\x01]+),\x01(?:[^\x01]*\x01)*?auth=Bearer ([^\x01]+)\x01(?:[^\x01]*\x01)*?\x01$/i.exec(
    message,
  );
  return found ? { user: found[1]!.replaceAll('=2C', ',').replaceAll('=3D', '='), token: found[2]! } : null;
}

/** @returns null when it is no base64 */
export function fromBase64(text: string): string | null {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0
    ? Buffer.from(text, 'base64').toString('utf8')
    : null;
}
