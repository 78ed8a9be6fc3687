/** A shorter secret would be found in any text. */
const SHORTEST = 4;

/**
 * Takes a secret out of a server's text: some repeat in a refusal what they were sent, in clear or
 * as the base64 of AUTHENTICATE, and what a server says is stored and shown.
 */
export function redactorFor(secret: string): (text: string) => string {
  if (secret.length < SHORTEST) return (text) => text;
  return (text) =>
    text
      .replaceAll(secret, '***')
      .replace(/[A-Za-z0-9+/]{6,}={0,2}/g, (run) => (Buffer.from(run, 'base64').includes(secret) ? '***' : run));
}
