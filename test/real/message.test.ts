import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTcp } from '../../src/engine/imap/connection/transport.js';
import { Secret } from '../../src/engine/imap/session/credentials.js';
import { sourceOpener } from '../../src/engine/login/source-session.js';
import { MessageDesk } from '../../src/engine/look/message-desk.js';
import { systemClock } from '../../src/words/clock.js';
import { anEndpoint } from '../support/batch/plain-batch.js';
import { type DovecotPair, dovecotAvailable, startDovecot } from '../support/dovecot.js';
import { RawImap } from '../support/raw-imap.js';
import { newcomer } from './newcomer.js';

describe.skipIf(!dovecotAvailable().ok)('one message of a real server', () => {
  let pair: DovecotPair;
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'nf-message-'));
    pair = await startDovecot({ source: { maxConnections: 2 } });
  });
  afterAll(async () => {
    await pair?.stop();
    await rm(dir, { recursive: true });
  });

  const raw = Buffer.from(
    `From: =?UTF-8?Q?J=C3=BCrgen?= <j@example.org>\r\nSubject: big\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(10_000)}`,
  );

  function desk(user: string): MessageDesk {
    const source = anEndpoint({ host: '127.0.0.1', port: pair.source.tlsPort });
    const row = {
      id: user,
      email: `${user}@x`,
      sourceUser: user,
      destinationUser: user,
      userRoot: null,
      own: null,
      at: null,
      wave: null,
      row: 2,
    };
    const trust = { ca: null, fingerprint: new X509Certificate(pair.certificate).fingerprint256.replaceAll(':', '') };
    return new MessageDesk({
      mailbox: () => ({ row, asksPassword: null, uidValidity: () => null }),
      open: sourceOpener({
        batch: { source, destination: source, others: { source: {}, destination: {} } },
        credentials: {
          get: async () => ({ kind: 'password', password: new Secret('pass') }),
          shared: () => false,
        },
        trust: async () => trust,
        connect: connectTcp,
        clock: systemClock,
      }),
      drop: new AbortController().signal,
    });
  }

  const first = (mailbox: string) => ({ mailbox, folder: 'INBOX', uid: 1 });

  it('is shown and saved as it lies there, unread as before', async () => {
    const user = newcomer('ann');
    const client = await RawImap.connect({ port: pair.source.port, user });
    await client.append('INBOX', ['\\Flagged'], '09-Mar-2024 08:30:00 +0100', raw);
    expect(await desk(user).take({ do: 'message', ...first(user) })).toMatchObject({
      ok: true,
      message: { from: 'Jürgen <j@example.org>', to: '', subject: 'big', size: raw.length, flags: ['\\Flagged'] },
    });
    const path = join(dir, `${user}.eml`);
    const saved = await desk(user).take({ do: 'save-message', ...first(user), path });
    expect(saved).toMatchObject({ saved: { bytes: raw.length } });
    expect((await readFile(path)).equals(raw)).toBe(true);
    await client.ok('EXAMINE INBOX');
    const { untagged } = await client.ok('UID FETCH 1 (FLAGS)');
    expect(untagged.map(({ text }) => text).join()).not.toContain('\\Seen');
    await client.logout();
  });

  it('is not to be had where the server bears no more connections of this mailbox: one sentence says so', async () => {
    const user = newcomer('ann');
    const target = { port: pair.source.port, user };
    const others = await Promise.all([RawImap.connect(target), RawImap.connect(target)]);
    const answered = await desk(user).take({ do: 'message', ...first(user) });
    expect(answered.ok ? '' : answered.why).toMatch(
      /^the source has no connection to spare for this mailbox now: NO \[(?:LIMIT|UNAVAILABLE)\] Maximum number of connections/,
    );
    await Promise.all(others.map((other) => other.logout()));
  });
});
