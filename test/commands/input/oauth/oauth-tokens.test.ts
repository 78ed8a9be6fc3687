import { createHash, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CredentialLater, CredentialMissing } from '../../../../src/engine/imap/session/credentials.js';
import { type Clock, systemClock } from '../../../../src/words/clock.js';
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
const google = async () => {
  await app.serviceAccount(endpoint.url);
  return app.opens({ flow: 'google', 'service-account': 'google.json' }, time);
};
const certificate = () => app.byCertificate(endpoint.url, time);
/** The test's time, by which nobody waits in vain for a command that runs. */
const patient = (): Clock => ({ now: time.now, monotonic: time.monotonic, sleep: systemClock.sleep });
const secret = (text?: string) => app.bySecret(endpoint.url, time, text);

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

  it('holds one mailbox where one user is missing, and all where the delegation is missing', async () => {
    const { get, tokens, source } = await google();
    expect(await thrown(get('eve'))).toMatchObject({
      message: '127.0.0.1:PORT gives no access token: there is no such user in the domain (invalid_grant)'.replace(
        'PORT',
        new URL(endpoint.url).port,
      ),
      advice: { key: 'application refused', wrong: 'user' },
    });
    expect(tokens.applicationRefused(source, 'destination')).toBe(false);
    endpoint.scripted.push(refused('unauthorized_client', 'Client is unauthorized to retrieve access tokens', 401));
    expect(await thrown(get('ann'))).toMatchObject({ advice: { key: 'application refused', wrong: 'delegation' } });
    expect(tokens.applicationRefused(source, 'destination')).toBe(true);
  });

  it('has its key of a command or a variable, too', async () => {
    const path = await app.serviceAccount(endpoint.url);
    const places = [{ 'service-account-env': 'MINE' }, { 'service-account-command': `cat ${path}` }];
    for (const place of places) {
      const { get } = await app.opens(place, patient(), { MINE: await readFile(path, 'utf8') });
      expect(await get('ann')).toMatch(/^tok-\d-ann@new.example$/);
    }
  });

  it('is told that the clock is wrong, and by how much', async () => {
    const { get } = await google();
    time.jumped = -2 * 3_600_000;
    endpoint.ahead = 2 * 3_600_000;
    const error = await thrown(get('ann'));
    expect(error).toBeInstanceOf(CredentialMissing);
    expect((error as Error).message).toContain('this clock is 2 h behind it');
    expect((error as CredentialMissing).advice).toEqual({ key: 'application refused', wrong: 'clock' });
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

  it('takes its certificate of a command or a variable, whole', async () => {
    const pem = await readFile(join(app.dir, 'both.pem'), 'utf8');
    const settings = { flow: 'm365', tenant: 't', 'client-id': 'app-1', 'token-endpoint': endpoint.url };
    const places = [{ 'certificate-env': 'MINE' }, { 'certificate-command': `cat ${join(app.dir, 'both.pem')}` }];
    for (const place of places) {
      const { get, source } = await app.opens({ ...settings, ...place }, patient(), { MINE: pem });
      expect(await get('ann')).toMatch(/^tok-\d-app-1$/);
      expect(inspect(source, { depth: 9, showHidden: true })).not.toContain('PRIVATE');
    }
    await expect(app.opens({ ...settings, 'certificate-env': 'MINE' }, time, { MINE: 'x' })).rejects.toThrow(
      'certificate-env: holds no certificate in PEM form',
    );
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
        advice: { key: 'application refused', wrong: 'refresh token' },
      });
    } finally {
      await server.stop();
    }
  });
});

it.each([{ 'refresh-token-env': 'MINE' }, { 'refresh-token-command': 'echo first-hunter2' }])(
  'a refresh token of %j is replaced in memory, for this run',
  async (place) => {
    endpoint.refreshTokens.add('first-hunter2');
    const settings = { flow: 'refresh', 'client-id': 'a', 'token-endpoint': endpoint.url, ...place };
    const { get, source } = await app.opens(settings, patient(), { MINE: 'first-hunter2' });
    expect([await get('ann'), await get('ann', true)]).toEqual(['tok-1-somebody', 'tok-2-somebody']);
    expect(endpoint.asked.map((form) => form.get('refresh_token'))).toEqual(['first-hunter2', 'refresh-1']);
    expect(inspect(source, { depth: 9, showHidden: true })).not.toMatch(/hunter2|refresh-\d/);
  },
);

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

  it('is kept until a server refuses it, where its lifetime is not told', async () => {
    const { get } = await secret();
    endpoint.scripted.push(granted('one', { expires_in: undefined }), granted('two'));
    await get('ann');
    time.passed += 30 * 86_400_000;
    expect([await get('ann'), await get('ann', true)]).toEqual(['one', 'two']);
  });

  it('is used for its last two minutes while the endpoint is busy, and no longer', async () => {
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
