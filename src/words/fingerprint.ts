/** A fingerprint of hex digits as openssl and mail programs show it: `AB:CD:...`. */
export function showFingerprint(hex: string): string {
  return hex.match(/../g)?.join(':') ?? '';
}
