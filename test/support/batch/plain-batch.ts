import type { BatchOptions, Endpoint } from '../../../src/store/batch/batch.js';
import { NO_LIMITS } from '../../../src/store/batch/limits.js';

/** An endpoint over TLS of which no more is said than where it is. */
export function anEndpoint(said: Partial<Endpoint> = {}): Endpoint {
  return {
    host: 'mail.old.example',
    port: 993,
    security: 'tls',
    user: null,
    login: null,
    authzid: false,
    passwordCommand: null,
    tokenCommand: null,
    passwordFile: null,
    passwordEnv: null,
    oauth: null,
    ca: null,
    fingerprint: null,
    preauth: false,
    limits: NO_LIMITS,
    ...said,
  };
}

/** Options of a batch that takes all there is, and waits for nothing. */
export function batchOptions(said: Partial<BatchOptions> = {}): BatchOptions {
  return {
    include: [],
    exclude: [],
    map: [],
    folderPrefix: null,
    includeShared: false,
    deleted: 'carry',
    dates: 'internal',
    since: null,
    until: null,
    order: 'plan',
    wave: null,
    labels: null,
    maxSize: null,
    memory: 64 * 2 ** 20,
    stagger: { min: 0, max: 0 },
    concurrency: 100,
    look: 'none',
    window: null,
    ...said,
  };
}
