import type { Endpoint } from '../store/batch/batch.js';
import { type Endpoints, endpointKeys, endpointOf, type Located } from '../store/batch/endpoints.js';
import { SIDES, type Side } from '../words/side.js';

/** How an endpoint is shown: no user, the port always. */
export function showEndpoint(endpoint: Pick<Endpoint, 'host' | 'port' | 'security'>): string {
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return `${endpoint.security === 'tls' ? 'imaps' : 'imap'}://${host}:${endpoint.port}`;
}

/** The names of a mailbox's endpoints; null where its batch has one a side. */
export function serversOf(batch: Endpoints, row: Located): Readonly<Record<Side, string>> | null {
  if (SIDES.every((side) => endpointKeys(batch, side).length === 1)) return null;
  return {
    source: showEndpoint(endpointOf(batch, 'source', row)),
    destination: showEndpoint(endpointOf(batch, 'destination', row)),
  };
}
