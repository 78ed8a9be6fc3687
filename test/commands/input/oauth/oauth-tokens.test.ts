import { createHash, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_CERTIFICATE } from '../../../../demo/server/index.js';
import { CredentialLater, CredentialMissing } from '../../../../src/engine/login/credentials.js';
import { refused, TokenEndpoint } from '../../../support/token-endpoint.js';
import { AnApplication, OwnTime } from './an-application.js';

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

const google = async () => {
  await app.serviceAccount(endpoint.url);
  return app.opens({ flow: 'google', 'service-account': 'google.json' }, time);
};
const certificate = () =>
  app.opens(
    {
      flow: 'm365',
      tenant: 'new.example',
      'client-id': 'app-1',
      certificate: 'both.pem',
      'token-endpoint': endpoint.url,
    },
    time,
  );
const secret = async (text = 'hunter2-secret\n') => {
  await app.writes('secret', text);
  return app.opens(
    {
      flow: 'm365',
      tenant: 'new.example',
      'client-id': 'app-1',
      'secret-file': 'secret',
      'token-endpoint': endpoint.url,
    },
    time,
  );
};
const granted = (token: string, more: object = {}) => ({
  status: 200,
  body: { access_token: token, token_type: 'Bearer', expires_in: 3600, ...more },
});
const thrown = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('a service account of Google', () => {
  it('speaks for each user by a signed assertion, and each has a token of its own', async () => {
    const { get } = await google();
    expect([await get('ann'), await get('bob'), await get('ann')]).toEqual([
      'tok-1-ann@new.example',
      'tok-2-bob@new.example',
      'tok-1-ann@new.example',
    ]);
    expect(endpoint.claims[0]).toMatchObject({
      iss: 'nightferry@project.example',
      sub: 'ann@new.example',
      aud: endpoint.url,
      scope: 'https://mail.google.com/',
    });
    expect(endpoint.heads[0]).toMatchObject({ alg: 'RS256', kid: 'k1' });
    expect(Object.fromEntries(endpoint.asked[0]!)).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: expect.any(String),
    });
  });

  it('that lacks one user holds one mailbox; that lacks the delegation concerns all', async () => {
    const { get, tokens } = await google();
    expect(await thrown(get('eve'))).toMatchObject({
      message: '127.0.0.1:PORT gives no access token: there is no such user in the domain (invalid_grant)'.replace(
        'PORT',
        new URL(endpoint.url).port,
      ),
      advice: expect.stringContaining('row of the plan'),
    });
    expect(tokens.applicationRefused('destination')).toBe(false);
    endpoint.scripted.push(refused('unauthorized_client', 'Client is unauthorized to retrieve access tokens', 401));
    expect(await thrown(get('ann'))).toMatchObject({ advice: expect.stringContaining('Domain-wide delegation') });
    expect(tokens.applicationRefused('destination')).toBe(true);
  });

  it('is told that the clock is wrong, and by how much', async () => {
    const { get } = await google();
    time.jumped = -2 * 3_600_000;
    endpoint.ahead = 2 * 3_600_000;
    const error = await thrown(get('ann'));
    expect(error).toBeInstanceOf(CredentialMissing);
    expect((error as Error).message).toContain('this clock is 2 h behind it');
    expect((error as CredentialMissing).advice).toContain('Set the clock');
  });
});

describe('an application of Microsoft 365', () => {
  it('proves itself by its certificate, named by both thumbprints', async () => {
    const { get } = await certificate();
    expect([await get('ann'), await get('bob')]).toEqual(['tok-1-app-1', 'tok-1-app-1']);
    const { raw } = new X509Certificate(await readFile(join(app.dir, 'cert.pem')));
    const hash = (name: string) => createHash(name).update(raw).digest('base64url');
    expect(endpoint.heads).toEqual([{ alg: 'PS256', typ: 'JWT', x5t: hash('sha1'), 'x5t#S256': hash('sha256') }]);
    expect(endpoint.claims[0]).toMatchObject({ iss: 'app-1', sub: 'app-1', aud: endpoint.url });
    expect(endpoint.claims[0]!.exp! - endpoint.claims[0]!.iat!).toBe(300);
    expect(endpoint.asked[0]!.get('scope')).toBe('https://outlook.office365.com/.default');
  });

  it('proves itself by a secret, of which the newline of an editor is no part', async () => {
    const { get } = await secret();
    endpoint.scripted.push(granted('one'));
    expect(await get('ann')).toBe('one');
    expect(Object.fromEntries(endpoint.asked[0]!)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app-1',
      client_secret: 'hunter2-secret',
      scope: 'https://outlook.office365.com/.default',
    });
  });

  it('takes the secret of a variable', async () => {
    const { get } = await app.opens(
      { flow: 'm365', tenant: 't', 'client-id': 'a', 'secret-env': 'MINE', 'token-endpoint': endpoint.url },
      time,
      { MINE: 'from-env' },
    );
    endpoint.scripted.push(granted('one'));
    await get('ann');
    expect(endpoint.asked[0]!.get('client_secret')).toBe('from-env');
  });

  it('gets a token from a server that is not ours', async () => {
    const server = new OAuth2Server();
    await server.issuer.keys.generate('RS256');
    await server.start(0, '127.0.0.1');
    try {
      await app.writes('secret', 'hunter2');
      const url = `${server.issuer.url}/token`.replace('localhost', '127.0.0.1');
      const { get } = await app.opens(
        { flow: 'm365', tenant: 't', 'client-id': 'a', 'secret-file': 'secret', 'token-endpoint': url },
        time,
      );
      expect(await get('ann')).toMatch(/^ey[\w-]+\.ey[\w-]+\.[\w-]+$/);
      await app.writes('refresh', 'first\n');
      const refresh = await app.opens(
        { flow: 'refresh', 'client-id': 'a', 'refresh-token-file': 'refresh', 'token-endpoint': url },
        time,
      );
      expect(await refresh.get('ann')).toMatch(/^ey/);
      // It gives a new refresh token each time, which is kept for the next.
      expect(await readFile(join(app.dir, 'refresh'), 'utf8')).not.toBe('first\n');
      // Revoked in the meantime.
      server.service.once('beforeResponse', (answer: { statusCode: number; body: unknown }) => {
        answer.statusCode = 400;
        answer.body = { error: 'invalid_grant', error_description: 'AADSTS700082: The refresh token has expired.' };
      });
      expect(await thrown(refresh.get('ann', true))).toMatchObject({
        advice: expect.stringContaining('Sign in again'),
      });
    } finally {
      await server.stop();
    }
  });
});

describe('a token', () => {
  it('is asked for once by all that want it at the same time', async () => {
    const { get } = await certificate();
    const all = await Promise.all(['ann', 'bob', 'eve'].map((name) => get(name)));
    expect(new Set(all).size).toBe(1);
    expect(endpoint.asked).toHaveLength(1);
  });

  it('is renewed two minutes before it expires, by time that passes and not by the clock on the wall', async () => {
    const { get } = await certificate();
    await get('ann');
    time.passed += 3_479_000;
    time.jumped += 86_400_000;
    expect(await get('ann')).toBe('tok-1-app-1');
    time.passed += 1000;
    expect(await get('ann')).toBe('tok-2-app-1');
  });

  it('that a server refused is renewed once for all that were given it', async () => {
    const { get } = await certificate();
    await Promise.all([get('ann'), get('bob')]);
    expect(await get('ann', true)).toBe('tok-2-app-1');
    expect(await get('bob', true)).toBe('tok-2-app-1');
    expect(endpoint.asked).toHaveLength(2);
    expect(await get('bob', true)).toBe('tok-3-app-1');
  });

  it('of which the life is not said is kept until a server refuses it', async () => {
    const { get } = await secret();
    endpoint.scripted.push(granted('one', { expires_in: undefined }), granted('two'));
    await get('ann');
    time.passed += 30 * 86_400_000;
    expect([await get('ann'), await get('ann', true)]).toEqual(['one', 'two']);
  });

  it('that has two minutes left serves on while the endpoint is busy, and then not', async () => {
    const { get } = await certificate();
    await get('ann');
    time.passed += 3_500_000;
    endpoint.scripted.push({ status: 429, headers: { 'retry-after': '300' }, body: {} });
    expect(await get('ann')).toBe('tok-1-app-1');
    time.passed += 100_000;
    expect(await thrown(get('ann'))).toBeInstanceOf(CredentialLater);
    time.passed += 200_000;
    expect(await get('ann')).toBe('tok-2-app-1');
    expect(endpoint.asked).toHaveLength(3);
  });
});

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
    expect(error.advice).toMatch(/Value of the secret, not its Secret ID/);
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

it('a refresh token that was replaced takes its place in its file, closed to others', async () => {
  const path = await app.writes('refresh', 'first\n');
  const { get } = await app.opens(
    { flow: 'refresh', 'client-id': 'a', 'refresh-token-file': 'refresh', 'token-endpoint': endpoint.url },
    time,
  );
  endpoint.scripted.push(granted('one', { refresh_token: 'second' }), granted('two'));
  expect([await get('ann'), await get('ann', true)]).toEqual(['one', 'two']);
  expect(endpoint.asked.map((form) => form.get('refresh_token'))).toEqual(['first', 'second']);
  expect([await readFile(path, 'utf8'), (await stat(path)).mode & 0o777]).toEqual(['second\n', 0o600]);
});
