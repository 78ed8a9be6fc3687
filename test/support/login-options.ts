import { X509Certificate } from 'node:crypto';
import type { ImapServer } from '../../demo/server/index.js';
import { connectTcp } from '../../src/engine/imap/connection/transport.js';
import { Secret } from '../../src/engine/imap/session/credentials.js';
import type { SessionOptions } from '../../src/engine/imap/session/session.js';
import { systemClock } from '../../src/words/clock.js';
import { anEndpoint } from './batch/plain-batch.js';

/** The login of ann at an embedded server, over TLS and trusting its certificate. */
export function annsLogin(server: ImapServer, password = 'pass'): SessionOptions {
  return {
    side: 'source',
    endpoint: anEndpoint({ host: '127.0.0.1', port: server.tlsPort, user: 'ann' }),
    trust: { ca: null, fingerprint: new X509Certificate(server.cert).fingerprint256.replaceAll(':', '') },
    login: { user: 'ann', authzid: null, credential: { kind: 'password', password: new Secret(password) } },
    connect: connectTcp,
    clock: systemClock,
    onNotice: () => undefined,
  };
}
