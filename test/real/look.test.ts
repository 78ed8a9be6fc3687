import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTcp } from '../../src/engine/imap/connection/transport.js';
import { Secret } from '../../src/engine/imap/session/credentials.js';
import { lookAtMailbox } from '../../src/engine/look/look-at-mailbox.js';
import { systemClock } from '../../src/words/clock.js';
import { anEndpoint } from '../support/batch/plain-batch.js';
import { fill } from '../support/corpus.js';
import { type DovecotPair, dovecotAvailable, startDovecot } from '../support/dovecot.js';
import { newcomer } from './newcomer.js';

describe.skipIf(!dovecotAvailable().ok)('a look at a mailbox on a real server', () => {
  let pair: DovecotPair;
  beforeAll(async () => {
    pair = await startDovecot();
  });
  afterAll(() => pair?.stop());

  it('finds as many messages and bytes as were put there', async () => {
    const user = newcomer('ann');
    const filled = await fill({ port: pair.source.port, user }, 'small', { limit: 120 });
    const found = await lookAtMailbox(
      {
        side: 'source',
        endpoint: anEndpoint({ host: '127.0.0.1', port: pair.source.tlsPort, user }),
        trust: { ca: null, fingerprint: new X509Certificate(pair.certificate).fingerprint256.replaceAll(':', '') },
        login: { user, authzid: null, credential: { kind: 'password', password: new Secret('pass') } },
        connect: connectTcp,
        clock: systemClock,
        onNotice: () => undefined,
      },
      'sizes',
      new AbortController().signal,
    );
    expect(found.messages).toBe(filled.messages);
    // A bare LF of the corpus is a CRLF in a Maildir, so the server counts a byte more for each.
    expect(found.size?.is).toBe('whole');
    expect((found.size?.bytes ?? 0) - filled.bytes).toBeGreaterThanOrEqual(0);
    expect((found.size?.bytes ?? 0) - filled.bytes).toBeLessThan(100);
    // Each folder by itself, by STATUS=SIZE.
    expect(found.folders.reduce((sum, { size }) => sum + (size?.bytes ?? 0), 0)).toBe(found.size?.bytes);
    expect(found.large).toEqual([]);
    expect(found.software).toMatch(/Dovecot/i);
  });
});
