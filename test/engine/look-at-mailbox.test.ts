import { X509Certificate } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { delay, type ImapServer, type ServerOptions, script, startImapServer, when } from '../../demo/server/index.js';
import { Secret } from '../../src/engine/credentials.js';
import { LoginFailed } from '../../src/engine/imap/login-failed.js';
import { connectTcp } from '../../src/engine/imap/transport.js';
import { lookAtMailbox } from '../../src/engine/look-at-mailbox.js';
import { systemClock } from '../../src/words/clock.js';
import { letters } from '../support/odd-mail.js';

let server: ImapServer | null = null;
afterEach(() => server?.stop());

async function look(options: ServerOptions = {}, password = 'pass', signal = new AbortController().signal) {
  server = await startImapServer({
    accounts: { ann: { password: 'pass', quota: { storageBytes: 2_048_000 } } },
    ...options,
  });
  const account = server.accounts.get('ann');
  for (const letter of letters(7, 'ann', { bytes: 1_000 })) account.folder('INBOX').add(letter);
  for (const letter of letters(2, 'sent', { bytes: 500 })) account.folder('Sent').add(letter);
  return lookAtMailbox(
    {
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
      login: { user: 'ann', authzid: null, credential: { kind: 'password', password: new Secret(password) } },
      connect: connectTcp,
      clock: systemClock,
      onNotice: () => undefined,
    },
    signal,
  );
}

it('counts folders and messages, and changes and opens nothing', async () => {
  const found = await look();
  expect(found).toMatchObject({ folders: 5, messages: 9 });
  expect(found.capabilities.has('UIDPLUS')).toBe(true);
  const words = server?.commandLog.map((line) => /^\S+ \S+ (\S+)/.exec(line)?.[1]?.toUpperCase());
  expect(words).toContain('LIST');
  for (const word of ['SELECT', 'EXAMINE', 'CREATE', 'APPEND', 'STORE', 'SUBSCRIBE']) expect(words).not.toContain(word);
  await expect.poll(() => server?.connections).toBe(0);
});

it('tells the quota and the largest message, where the server does', async () => {
  const found = await look({ appendLimit: 35_000_000 });
  expect(found.appendLimit).toBe(35_000_000);
  expect(found.quota?.limit).toBe(2_048_000);
  expect(found.quota?.used).toBeGreaterThan(0);
});

it('does without what a server cannot tell', async () => {
  expect(await look({ without: ['QUOTA', 'LIST-STATUS'] })).toMatchObject({
    messages: 9,
    bytes: null,
    quota: null,
    appendLimit: null,
  });
});

it('ends with the refusal of a login, and leaves no line open', async () => {
  await expect(look({}, 'wrong')).rejects.toThrow(LoginFailed);
  await expect.poll(() => server?.connections).toBe(0);
});

it('is given up when nobody waits for it any more', async () => {
  const enough = new AbortController();
  const looking = look({ fault: script(when('LIST', delay(3_600_000))) }, 'pass', enough.signal);
  looking.catch(() => undefined);
  await expect.poll(() => server?.commandLog.some((line) => line.includes('LIST'))).toBe(true);
  enough.abort();
  await expect(looking).rejects.toThrow();
});
