/** URLs that secrets may be sent to. */

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
export type Endpoint = 'token-endpoint' | 'device-endpoint' | 'authorization-endpoint';

/** A URL that secrets may be sent to. @throws what `fail` throws */
export function tokenEndpoint(given: string, fail: (why: string) => never, key: Endpoint = 'token-endpoint'): URL {
  const url = URL.canParse(given) ? new URL(given) : fail(`"${key}" is no URL`);
  if (url.username !== '' || url.password !== '') return fail(`"${key}" must not hold a user or a password`);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))) return url;
  return fail(`"${key}" must be https: secrets are sent to it`);
}
