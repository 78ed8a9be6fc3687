import { X509Certificate } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { hang, type ImapServer, script, startImapServer, when } from '../../../demo/server/index.js';
import { Secret } from '../../../src/engine/credentials.js';
import { openSession } from '../../../src/engine/imap/session.js';
import { connectTcp } from '../../../src/engine/imap/transport.js';
import { systemClock } from '../../../src/words/clock.js';

let server: ImapServer | null = null;
afterEach(() => server?.stop());

it.each(['before anything was loaded', 'when all is loaded'])(
  'a login that is given up at once is not made: %s',
  async () => {
    server = await startImapServer({
      accounts: { ann: { password: 'pass' } },
      fault: script(when('AUTHENTICATE', hang())),
    });
    const enough = new AbortController();
    const opening = openSession({
      side: 'source',
      endpoint: {
        host: '127.0.0.1',
        port: server.tlsPort,
        security: 'tls',
        user: 'ann',
        login: null,
        authzid: false,
        passwordCommand: null,
        tokenCommand: null,
        ca: null,
        fingerprint: null,
      },
      trust: { ca: null, fingerprint: new X509Certificate(server.cert).fingerprint256.replaceAll(':', '') },
      login: { user: 'ann', authzid: null, credential: { kind: 'password', password: new Secret('pass') } },
      connect: connectTcp,
      clock: systemClock,
      onNotice: () => undefined,
      signal: enough.signal,
    });
    enough.abort();
    await expect(opening).rejects.toThrow('stopped');
    expect(server.commandLog.filter((line) => line.includes('AUTHENTICATE'))).toEqual([]);
  },
);
