/** A fingerprint of hex digits as openssl and mail programs show it: `AB:CD:...`. */
export function showFingerprint(hex: string): string {
  return hex.match(/../g)?.join(':') ?? '';
}

/** The same in two lines: it is longer than a dialog is wide. */
export function fingerprintHalves(hex: string): readonly [string, string] {
  const shown = showFingerprint(hex);
  const half = Math.ceil(shown.length / 2);
  return [shown.slice(0, half), shown.slice(half)];
}
