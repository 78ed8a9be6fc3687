import { chmod } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEMO_CERTIFICATE } from '../../../demo/server/index.js';
import { Secret } from '../../../src/engine/imap/session/credentials.js';
import { isTaken, mayPass } from '../../../src/engine/notices/channels/channel.js';
import { mailChannel } from '../../../src/engine/notices/channels/mail-channel.js';
import { readNoticeUrl } from '../../../src/engine/notices/channels/notice-url.js';
import { makeNotice } from '../../../src/engine/notices/make-notice.js';
import { systemClock } from '../../../src/words/clock.js';
import { Operator } from '../../support/nightferry.js';

const PASSWORD = 'p%40ss hunter2/:?';

let operator: Operator;
let server: SMTPServer;
const mails: { readonly to: readonly string[]; readonly from: string; readonly text: string }[] = [];
let logins: string[];

beforeEach(async () => {
  mails.length = 0;
  logins = [];
  operator = await Operator.arrive();
  await operator.file('ca.pem', DEMO_CERTIFICATE.cert);
  await chmod(await operator.file('secret', `${PASSWORD}\n`), 0o600);
});
afterEach(async () => {
  await operator.leave();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

async function serves(secure: boolean, more: object = {}): Promise<number> {
  server = new SMTPServer({
    ...DEMO_CERTIFICATE,
    secure,
    onAuth: ({ username, password }, _, done) => {
      logins.push(`${username} ${password}`);
      if (password === PASSWORD) done(null, { user: username });
      else done(new Error('no such user'));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), from, text: Buffer.concat(chunks).toString() });
        done();
      });
    },
    ...more,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.server.address() as AddressInfo).port;
}

async function tries(url: string, trusted: 'trusted' | 'not trusted' = 'trusted', secret = 'secret') {
  const text = `[notify]\nmail = { to = "ops@example.org", from = "nf@example.org", server = "${url}", password-file = "${secret}" }\n`;
  await chmod(await operator.file('nightferry.toml', text), 0o600);
  const env: Record<string, string> =
    trusted === 'trusted' ? { NODE_EXTRA_CA_CERTS: join(operator.dir, 'ca.pem') } : {};
  const run = await operator.start(['notify', 'test'], { env }).ended;
  expect(run.out + run.err).not.toMatch(/hunter2/);
  return run;
}

it('arrives over TLS, from and to whom the configuration says, with the password of a file', async () => {
  const run = await tries(`smtps://night%40ferry@127.0.0.1:${await serves(true)}`);
  expect([run.code, run.err]).toEqual([0, '']);
  expect(run.out).toMatch(/^mail \(127\.0\.0\.1:\d+\): taken, SMTP 250, /);
  expect(mails.map(({ to, from }) => [to, from])).toEqual([[['ops@example.org'], 'nf@example.org']]);
  expect(mails[0]!.text).toMatch(/^Subject: .+/m);
  expect(mails[0]!.text).toMatch(/^Auto-Submitted: auto-generated/m);
  expect(logins).toEqual([`night@ferry ${PASSWORD}`]);
});

it('arrives over STARTTLS, and is not sent where a server offers none', async () => {
  expect((await tries(`smtp://nf@127.0.0.1:${await serves(false)}`)).code).toBe(0);
  expect(mails).toHaveLength(1);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  const port = await serves(false, { hideSTARTTLS: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
  const bare = await tries(`smtp://nf@127.0.0.1:${port}`);
  expect([bare.code, mails.length, logins.length]).toEqual([2, 1, 1]);
});

it('is not sent to a server whose certificate nobody vouches for, nor taken where the password is wrong', async () => {
  const port = await serves(true);
  const stranger = await tries(`smtps://nf@127.0.0.1:${port}`, 'not trusted');
  expect([stranger.code, logins, mails]).toEqual([2, [], []]);
  expect(stranger.out).toMatch(/: not taken, not reached \([A-Z_]+\), /);
  await chmod(await operator.file('wrong', 'wrong-hunter2\n'), 0o600);
  const refused = await tries(`smtps://nf@127.0.0.1:${port}`, 'trusted', 'wrong');
  expect([refused.code, mails]).toEqual([2, []]);
  expect(refused.out).toMatch(/: not taken, SMTP 535, /);
});

it.each(['100%25:50%', '100%:secret'])('is not reached where %s cannot be read: the copy goes on', async (user) => {
  await serves(true);
  const url = new Secret(`smtps://${user}@127.0.0.1:1/?to=ops@example.org`);
  const notice = makeNotice({ event: 'test' }, 'school', 'school', 1_000);
  const sent = await mailChannel({ url, host: '127.0.0.1:1' }, { clock: systemClock }).send(
    notice,
    new AbortController().signal,
  );
  expect(sent).toEqual({ kind: 'not reached', code: 'no answer' });
});

it('is tried again after 4xx, and not after 5xx', async () => {
  await serves(true);
  const mailed = (status: number) => ({ kind: 'mailed', status }) as const;
  expect([mailed(250), mailed(451), mailed(550)].map((sent) => [isTaken(sent), mayPass(sent)])).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
  const read = (url: string) => readNoticeUrl(url, null);
  expect(read('smtps://u:p@mail.example/?to=ops@example.org')).toMatchObject({ ok: true, url: { shape: 'mail' } });
  for (const wrong of [
    'smtps://mail.example/',
    'smtps://mail.example/?to=a@b,c@d',
    'smtps://m.example/?to=a@b%0d%0aBcc:x@y',
  ])
    expect(read(wrong)).toMatchObject({ ok: false });
  expect(readNoticeUrl('https://mail.example/?to=a@b', 'mail')).toMatchObject({ ok: false });
});
