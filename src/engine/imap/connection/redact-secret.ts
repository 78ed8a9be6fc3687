/** The shortest secret that is taken out. A shorter one is found in any text. */
const SHORTEST = 4;

/**
 * Takes a secret out of a server's text. Some servers repeat in a refusal what they were sent, in clear or as the
 * base64 of AUTHENTICATE, and their texts are stored and shown.
 */
export function redactorFor(secret: string): (text: string) => string {
  if (secret.length < SHORTEST) return (text) => text;
  return (text) =>
    text
      .replaceAll(secret, '***')
      .replace(/[A-Za-z0-9+/]{6,}={0,2}/g, (run) => (Buffer.from(run, 'base64').includes(secret) ? '***' : run));
}
