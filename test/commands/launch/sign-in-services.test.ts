import { chmod, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEMO_CERTIFICATE, type ImapServer, startImapServer } from '../../../demo/server/index.js';
import { testSide, tokensAt } from '../../../src/commands/input/endpoint/test-side.js';
import { signInServices } from '../../../src/commands/launch/sign-in-services.js';
import type { SignInPage } from '../../../src/ui/screens/start/services.js';
import { systemClock } from '../../../src/words/clock.js';
import { anEndpoint } from '../../support/batch/plain-batch.js';
import { DeviceEndpoint } from '../../support/device-endpoint.js';
import { FINGERPRINT } from '../../support/gated-servers.js';
import { AnOperator } from '../an-operator.js';

let operator: AnOperator;
let endpoint: DeviceEndpoint;
let server: ImapServer;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  endpoint = await DeviceEndpoint.open(systemClock);
  endpoint.interval = 0.01;
  server = await startImapServer({
    accounts: { ann: { password: 'nobody-knows' } },
    without: ['AUTH=PLAIN'],
    checkToken: ({ token }) => (token === 'access-hunter2' ? 'good' : 'expired'),
  });
  const text = `[oauth.ann]
flow = "device"
client-id = "app"
refresh-token-file = "ann.token"
device-endpoint = "${endpoint.url('device')}"
token-endpoint = "${endpoint.url('token')}"
`;
  await chmod(await operator.writes('nightferry.toml', text), 0o600);
});
afterEach(async () => {
  await endpoint.close();
  await server.stop();
  await operator.goesHome();
});

it('a server that offers no login by password is said to take access tokens', async () => {
  const offer = 'CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 LOGINDISABLED';
  const { key, cert } = DEMO_CERTIFICATE;
  const only = createServer({ key, cert }, (line) => {
    line.on('error', () => undefined);
    line.write(`* OK [${offer}] ready\r\n`);
    line.on('data', (chunk: Buffer) => {
      const [tag = '', verb = ''] = chunk.toString().trim().split(' ');
      line.write(verb === 'CAPABILITY' ? `* ${offer}\r\n${tag} OK done\r\n` : `${tag} OK done\r\n`);
    });
  });
  await new Promise<void>((resolve) => only.listen(0, '127.0.0.1', resolve));
  const { port } = only.address() as AddressInfo;
  const url = `imaps://ann@127.0.0.1:${port}`;
  const { signal } = new AbortController();
  const told = await testSide('source', { ...typed({ password: 'any' }), url }, signal, operator.io());
  expect(told).toMatchObject({ ok: false, at: 'password', takes: 'access tokens' });
  await new Promise((resolve) => only.close(resolve));
});

it('a provider that takes both is said to take tokens, too, where it refuses a password', () => {
  const at = (host: string) => anEndpoint({ host });
  const wrong = { kind: 'auth', rule: 'authenticationfailed' } as const;
  expect(tokensAt(wrong, at('imap.gmail.com'))).toBe('access tokens, too');
  expect(tokensAt(wrong, at('outlook.office365.com'))).toBe('access tokens');
  expect(tokensAt(wrong, at('mail.school.example'))).toBeNull();
  // "Application-specific password required", from whatever host.
  expect(tokensAt({ kind: 'auth', rule: 'login-method' }, at('mail.school.example'))).toBe('access tokens, too');
  expect(tokensAt({ kind: 'throttled', rule: 'x' }, at('imap.gmail.com'))).toBeNull();
});

const typed = (more: { readonly password?: string; readonly application?: string }) => ({
  url: `imaps://ann@127.0.0.1:${server.tlsPort}`,
  trust: FINGERPRINT,
  ...{ password: '', application: '', ...more },
});
const test = (more: Parameters<typeof typed>[0]) =>
  testSide('source', typed(more), new AbortController().signal, operator.io());
async function* nothing(): AsyncGenerator<string> {}

it('the form signs in as `nightferry login` does, and then logs in by tokens', async () => {
  expect(await test({ application: 'ann' })).toMatchObject({ ok: false, at: 'password' });
  const services = signInServices(operator.io());
  expect(await services.applications()).toEqual([
    { name: 'ann', wants: 'a sign-in', says: 'a person signs in by a code' },
  ]);
  const pages: SignInPage[] = [];
  endpoint.signedInAfter = 0;
  const { signal } = new AbortController();
  const person = { asked: (page: SignInPage) => void pages.push(page), pasted: nothing(), signal };
  expect(await services.signIn('ann', person)).toEqual({ ok: true });
  expect(pages).toEqual([{ page: 'https://id.example/activate', code: 'BDWP-HQPK' }]);
  expect(await readFile(join(operator.dir, 'ann.token'), 'utf8')).toMatch(/\S/);
  expect((await services.applications())[0]?.wants).toBe('nothing');

  endpoint.pollScripted.push({ status: 200, body: { access_token: 'access-hunter2', token_type: 'Bearer' } });
  expect(await test({ application: 'ann' })).toMatchObject({ ok: true, messages: 0 });
});

it('a sign-in is given up with its dialog', async () => {
  endpoint.interval = 60;
  const leaving = new AbortController();
  const person = { asked: () => leaving.abort(), pasted: nothing(), signal: leaving.signal };
  expect(await signInServices(operator.io()).signIn('ann', person)).toEqual({
    ok: false,
    why: 'the sign-in was given up',
  });
});

it('names an application that is not there any more', async () => {
  expect(await test({ application: 'bob' })).toMatchObject({ ok: false, why: expect.stringContaining('[oauth.bob]') });
});

it('offers nothing of a configuration that was broken meanwhile', async () => {
  await operator.writes('nightferry.toml', '[oauth.ann\n');
  expect(await signInServices(operator.io()).applications()).toEqual([]);
});
