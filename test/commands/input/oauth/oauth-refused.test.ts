import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_CERTIFICATE } from '../../../../demo/server/index.js';
import { CredentialMissing } from '../../../../src/engine/imap/session/credentials.js';
import { refused, TokenEndpoint } from '../../../support/token-endpoint.js';
import { AnApplication, OwnTime } from './an-application.js';
import { granted, thrown } from './token-answers.js';

let app: AnApplication;
let time: OwnTime;
let endpoint: TokenEndpoint;
beforeAll(async () => {
  app = await AnApplication.registered();
});
afterAll(() => app.leaves());
beforeEach(async () => {
  time = new OwnTime();
  endpoint = await TokenEndpoint.open(time, app.publicKey);
  for (const name of ['ann', 'bob']) endpoint.users.add(`${name}@new.example`);
});
afterEach(async () => {
  await endpoint.close();
});
const certificate = () => app.byCertificate(endpoint.url, time);
const secret = (text?: string) => app.bySecret(endpoint.url, time, text);

describe('an endpoint that is busy', () => {
  it.each([
    ['429', { status: 429, headers: { 'retry-after': '7' }, body: {} }, 7000],
    ['503 that is no JSON', { status: 503, headers: { 'retry-after': '9' }, body: '<html>' }, 9000],
    ['temporarily_unavailable', refused('temporarily_unavailable', ''), 2000],
  ])('with %s is waited for as it says', async (_, answer, slept) => {
    const { get } = await certificate();
    endpoint.scripted.push(answer);
    expect(await get('ann')).toBe('tok-1-app-1');
    expect(time.slept).toEqual([slept]);
  });

  it('is asked three times, and then by nobody until it has rested', async () => {
    const { get } = await certificate();
    endpoint.scripted.push(...Array.from({ length: 3 }, () => ({ status: 500, body: {} })));
    expect(await thrown(get('ann'))).toMatchObject({ name: 'CredentialLater', waitSeconds: 60 });
    expect(await thrown(get('bob'))).toMatchObject({ name: 'CredentialLater', waitSeconds: 60 });
    expect([endpoint.asked.length, time.slept]).toEqual([3, [2000, 4000]]);
    time.passed += 60_000;
    expect(await get('bob')).toBe('tok-1-app-1');
  });

  it('that names a long wait is left alone for it, and no place is kept meanwhile', async () => {
    const { get } = await certificate();
    endpoint.scripted.push({ status: 429, headers: { 'retry-after': '90' }, body: {} });
    expect(await thrown(get('ann'))).toMatchObject({ waitSeconds: 90, message: expect.stringContaining('HTTP 429') });
    expect(time.slept).toEqual([]);
  });

  it('that is not there is tried again later, by the network’s own code', async () => {
    const { get } = await certificate();
    await endpoint.close();
    expect(await thrown(get('ann'))).toMatchObject({
      name: 'CredentialLater',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    endpoint = await TokenEndpoint.open(time, app.publicKey);
  });
});

it('an endpoint whose certificate nobody signed is sent nothing, and the mailboxes are held', async () => {
  const asked: string[] = [];
  const server = createServer(DEMO_CERTIFICATE, (request, response) => {
    asked.push(String(request.url));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  await app.writes('secret', 'hunter2');
  const { get } = await app.opens(
    { flow: 'm365', tenant: 't', 'client-id': 'a', 'secret-file': 'secret', 'token-endpoint': url },
    time,
  );
  expect(await thrown(get('ann'))).toMatchObject({
    name: 'CredentialMissing',
    message: expect.stringMatching(/^the certificate of 127\.0\.0\.1:\d+ is not trusted \([A-Z_]+\)$/),
  });
  expect([asked, time.slept]).toEqual([[], []]);
  await new Promise((resolve) => server.close(resolve));
});

describe('a refusal', () => {
  it('is tried again only when somebody asks, with what the file holds then', async () => {
    const { get } = await secret('wrong');
    endpoint.scripted.push(refused('invalid_client', 'AADSTS7000215: Invalid client secret provided.', 401));
    const error = (await thrown(get('ann'))) as CredentialMissing;
    expect(error.message).toMatch(/the client secret is wrong \(invalid_client, AADSTS7000215\)/);
    expect(error.advice).toEqual({ key: 'application refused', wrong: 'secret' });
    await app.writes('secret', 'right');
    endpoint.scripted.push(granted('one'));
    expect(await get('ann')).toBe('one');
    expect(endpoint.asked.map((form) => form.get('client_secret'))).toEqual(['wrong', 'right']);
  });

  it('repeats nothing that was sent, whatever the endpoint says', async () => {
    const { get, tokens, source } = await secret();
    const echo = `you sent hunter2-secret ${Buffer.from('app-1:hunter2-secret').toString('base64')} \u001b[31m`;
    endpoint.scripted.push(refused('hunter2-secret', echo), refused('strange_thing', echo), {
      status: 404,
      body: echo,
    });
    for (let at = 0; at < 3; at++) {
      const error = await thrown(get('ann'));
      expect(error).toBeInstanceOf(CredentialMissing);
      expect(inspect(error, { depth: 9 })).not.toMatch(/hunter2|aHVudGVyMi|\u001b\[31/);
    }
    endpoint.scripted.push(granted('a-token-of-somebody'));
    await get('ann');
    expect(inspect([tokens, source], { depth: 9, showHidden: true }) + JSON.stringify(source)).not.toMatch(
      /hunter2|a-token/,
    );
  });
});
