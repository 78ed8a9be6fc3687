import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_CERTIFICATE, type ImapServer, startImapServer } from '../../../demo/server/index.js';
import { takeGreeted } from '../../../src/engine/imap/connection/greeted-sockets.js';
import { connectTcp } from '../../../src/engine/imap/connection/transport.js';
import { Secret } from '../../../src/engine/imap/session/credentials.js';
import { openSession } from '../../../src/engine/imap/session/session.js';
import { PROBE_PATIENCE, type Probed, probeEndpoint } from '../../../src/engine/login/probe.js';
import type { Endpoint, Security } from '../../../src/store/batch/batch.js';
import { type Clock, systemClock } from '../../../src/words/clock.js';
import { anEndpoint } from '../../support/batch/plain-batch.js';

const FINGERPRINT = new X509Certificate(DEMO_CERTIFICATE.cert).fingerprint256.replaceAll(':', '');

const closing: Server[] = [];
let imap: ImapServer;
beforeEach(async () => {
  imap = await startImapServer({ accounts: { ann: { password: 'a' } } });
});
afterEach(async () => {
  await imap.stop();
  for (const server of closing.splice(0)) server.close();
});

/** Somebody at a port who is no IMAP server, or a broken one. */
async function somebody(meets: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    meets(socket);
  });
  closing.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function probe(
  port: number,
  security: Security,
  given: Partial<Endpoint> = {},
  clock: Clock = systemClock,
  then: 'keep' | 'leave' = 'leave',
): Promise<Probed> {
  const endpoint = anEndpoint({ host: '127.0.0.1', port, security, ...given });
  const trust = { ca: null, fingerprint: endpoint.fingerprint };
  return probeEndpoint('source', endpoint, { connect: connectTcp, clock, trust, then });
}

const away = (why: string) => ({ kind: 'out of reach', why });

describe('a look at a server before anything is started', () => {
  it.each(['tls', 'starttls'] as const)(
    'finds a server that is well over %s, and asks about its certificate before',
    async (security) => {
      const port = security === 'tls' ? imap.tlsPort : imap.port;
      expect(await probe(port, security, { fingerprint: FINGERPRINT })).toEqual({
        kind: 'answers',
        certificate: expect.objectContaining({ fingerprint: FINGERPRINT, validTo: expect.stringMatching(/ GMT$/) }),
      });
      expect(await probe(port, security)).toMatchObject({
        kind: 'untrusted',
        code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        certificate: { fingerprint: FINGERPRINT, subject: expect.stringContaining('CN=') },
      });
      expect(await probe(port, security, { fingerprint: 'AB'.repeat(32) })).toMatchObject({
        kind: 'untrusted',
        code: 'FINGERPRINT_MISMATCH',
      });
    },
  );

  it('says goodbye, and no login', async () => {
    const heard: string[] = [];
    const port = await somebody((socket) => {
      socket.write('* OK ready\r\n');
      socket.on('data', (data) => heard.push(String(data))).on('end', () => socket.end());
    });
    expect(await probe(port, 'plaintext')).toEqual({ kind: 'answers' });
    await expect.poll(() => heard.join('')).toBe('p2 LOGOUT\r\n');
  });

  it('tells a closed port, an unknown host, another protocol and a server without TLS apart', async () => {
    const closed = await somebody(() => undefined);
    for (const server of closing.splice(0)) server.close();
    expect(await probe(closed, 'tls')).toEqual(away('refused'));
    expect(await probe(993, 'tls', { host: 'no-such-host.invalid' })).toEqual(away('unknown host'));
    const smtp = await somebody((socket) => socket.write('220 mail ESMTP\r\n'));
    expect(await probe(smtp, 'plaintext')).toEqual(away('not IMAP'));
    expect(await probe(imap.port, 'tls')).toEqual(away('no TLS'));
    const bare = await somebody((socket) => {
      socket.write('* OK ready\r\n');
      socket.on('data', () => socket.write('* CAPABILITY IMAP4rev1\r\np1 BAD no\r\n'));
    });
    expect(await probe(bare, 'starttls')).toEqual(away('no STARTTLS'));
  });

  it('waits ten seconds for a server that says nothing, and no longer', async () => {
    const port = await somebody(() => undefined);
    const slept: number[] = [];
    const clock: Clock = {
      ...systemClock,
      sleep: async (ms) => {
        slept.push(ms);
      },
    };
    expect(await probe(port, 'plaintext', {}, clock)).toEqual(away('no answer'));
    expect(slept).toEqual([PROBE_PATIENCE]);
    expect(PROBE_PATIENCE).toBe(10_000);
  });

  it('leaves a server that is busy, or drops the connection, to the run: it tries again', async () => {
    const busy = await somebody((socket) => socket.end('* BYE [UNAVAILABLE] try again\r\n'));
    const line = '* BYE [UNAVAILABLE] try again';
    expect(await probe(busy, 'starttls')).toEqual({ kind: 'turned away', line });
    const drops = await somebody((socket) => socket.destroy());
    expect(await probe(drops, 'tls')).toEqual({ kind: 'answers' });
    expect(await probe(drops, 'plaintext')).toEqual({ kind: 'answers' });
  });
});

describe('a connection that is kept', () => {
  it.each(['plaintext', 'tls'] as const)('carries the first session to the same place (%s)', async (security) => {
    const port = security === 'tls' ? imap.tlsPort : imap.port;
    const trust = { ca: null, fingerprint: security === 'tls' ? FINGERPRINT : null };
    const endpoint = anEndpoint({ host: '127.0.0.1', port, security, ...trust });
    expect(await probe(port, security, trust, systemClock, 'keep')).toMatchObject({ kind: 'answers' });

    const login = {
      user: 'ann',
      authzid: null,
      credential: { kind: 'password', password: new Secret('a') },
    } as const;
    const open = () =>
      openSession({
        ...{ side: 'source', endpoint, trust, login, clock: systemClock, onNotice: () => undefined },
        connect: () => expect.unreachable('a second connection'),
      });
    const { wire, greeting } = await open();
    expect(greeting).toMatch(/ready/);
    await wire.leave();
    await expect(open()).rejects.toThrow();
  });

  it('is not for a session that trusts another certificate', async () => {
    expect(await probe(imap.tlsPort, 'tls', { fingerprint: FINGERPRINT }, systemClock, 'keep')).toMatchObject({
      kind: 'answers',
    });
    const other = { secure: true, ca: null, fingerprint: 'AB'.repeat(32) };
    expect(takeGreeted('127.0.0.1', imap.tlsPort, other)).toBeNull();
    const same = takeGreeted('127.0.0.1', imap.tlsPort, { ...other, fingerprint: FINGERPRINT });
    expect(same).not.toBeNull();
    same?.destroy();
  });
});
