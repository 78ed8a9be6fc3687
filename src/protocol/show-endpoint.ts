import type { Endpoint } from '../store/batch/batch.js';

/** How an endpoint is shown: no user, the port always. */
export function showEndpoint(endpoint: Pick<Endpoint, 'host' | 'port' | 'security'>): string {
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return `${endpoint.security === 'tls' ? 'imaps' : 'imap'}://${host}:${endpoint.port}`;
}
