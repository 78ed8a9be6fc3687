import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OAuth2Server } from 'oauth2-mock-server';
import { None } from 'openid-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeRefreshToken } from '../../../../src/commands/input/oauth/refresh-token.js';
import { signInByCode } from '../../../../src/commands/input/oauth/sign-in/code.js';
import { type Signing, signInByDevice } from '../../../../src/commands/input/oauth/sign-in/device.js';
import type { Person } from '../../../../src/commands/input/oauth/sign-in/person.js';
import { systemClock } from '../../../../src/words/clock.js';
import { DeviceEndpoint } from '../../../support/device-endpoint.js';
import { refused } from '../../../support/token-endpoint.js';
import { OwnTime } from './an-application.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nf-signin-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** Somebody who reads, and pastes what the test says. */
class Reader implements Person {
  readonly pages: (readonly [string, string | null])[] = [];
  readonly lines: string[] = [];
  /** Acts on the page; the text that is pasted then, or null. */
  opens: (page: string) => Promise<string | null> = async () => null;
  #paste: (line: string) => void = () => undefined;
  readonly #pasted = new Promise<string>((resolve) => {
    this.#paste = resolve;
  });

  async asked(page: string, code: string | null): Promise<void> {
    this.pages.push([page, code]);
    void this.opens(page).then((line) => line !== null && this.#paste(line));
  }
  async told(line: string): Promise<void> {
    this.lines.push(line);
  }
  async *pasted(): AsyncIterable<string> {
    yield 'http://127.0.0.1/';
    yield 'http://127.0.0.1/?code=x&state=another';
    yield await this.#pasted;
  }
}

const signing = (begin: string, endpoint: string, scope: string | null = 'mail offline_access'): Signing => ({
  begin: new URL(begin),
  endpoint: new URL(endpoint),
  clientId: 'app',
  auth: None(),
  scope,
  keep: (token) => writeRefreshToken(join(dir, 'token'), token),
});

describe('a sign-in by device code', () => {
  let time: OwnTime;
  let endpoint: DeviceEndpoint;
  let person: Reader;
  beforeEach(async () => {
    time = new OwnTime();
    endpoint = await DeviceEndpoint.open(time);
    person = new Reader();
  });
  afterEach(() => endpoint.close());
  const signIn = () => signInByDevice(signing(endpoint.url('device'), endpoint.url('token')), person, time);

  it('shows page and code, asks every five seconds, and keeps the refresh token closed to others', async () => {
    endpoint.signedInAfter = 12;
    expect(await signIn()).toEqual({ ok: true });
    expect(person.pages).toEqual([['https://id.example/activate', 'BDWP-HQPK']]);
    expect(endpoint.forms[0]?.get('scope')).toBe('mail offline_access');
    expect(endpoint.polled).toEqual([5, 10, 15]);
    expect(await readFile(join(dir, 'token'), 'utf8')).toBe('r-hunter2\n');
    expect((await stat(join(dir, 'token'))).mode & 0o777).toBe(0o600);
  });

  it('asks less often when it is told to, waits out 429, and goes on when a line breaks', async () => {
    endpoint.interval = 5;
    endpoint.signedInAfter = 40;
    endpoint.pollScripted.push(
      refused('slow_down', 'too often'),
      { status: 429, headers: { 'retry-after': '17' }, body: {} },
      { status: 503, body: {} },
    );
    expect(await signIn()).toEqual({ ok: true });
    // 5, then ten apart; then 17; then the wait grows by five again.
    expect(endpoint.polled).toEqual([5, 15, 32, 54]);
  });

  it.each([
    ['expired_token', 'x', 'the code has expired before anybody signed in'],
    ['authorization_declined', 'x', 'whoever signed in did not agree'],
    ['access_denied', 'AADSTS53003: Access has been blocked by Conditional Access policies.', 'the tenant blocks this'],
    [
      'invalid_client',
      "AADSTS7000218: The request body must contain: 'client_assertion'",
      'not one that runs on a desk',
    ],
    ['unauthorized_client', 'AADSTS700016: Application not found', 'the application is not known there'],
    ['invalid_grant', 'AADSTS65001: nobody consented', 'nobody has consented to the permission'],
  ])('%s is said in plain words (%s)', async (error, description, why) => {
    endpoint.pollScripted.push(refused(error, description));
    const end = await signIn();
    expect(end).toMatchObject({ ok: false, why: expect.stringContaining(why), mend: expect.stringMatching(/.{20}/) });
    await expect(stat(join(dir, 'token'))).rejects.toThrow('ENOENT');
  });

  it('says how far the clock is off where that may be why', async () => {
    const date = new Date(time.now() + 3_600_000).toUTCString();
    endpoint.pollScripted.push({
      ...refused('invalid_grant', 'AADSTS700024: assertion not in its time'),
      headers: { date },
    });
    expect(await signIn()).toMatchObject({ ok: false, why: expect.stringContaining('behind it') });
  });

  it('ends by itself when the code is too old, though nothing is said', async () => {
    endpoint.life = 12;
    expect(await signIn()).toMatchObject({ ok: false, why: expect.stringContaining('has expired') });
    expect(endpoint.polled).toEqual([5, 10]);
  });

  it('says that it is not offered, and that an endpoint is busy, before anything is shown', async () => {
    endpoint.beginScripted.push(refused('unsupported_grant_type', ''), { status: 429, body: {} });
    expect(await signIn()).toMatchObject({ ok: false, why: expect.stringContaining('is not offered there') });
    expect(await signIn()).toMatchObject({
      ok: false,
      why: expect.stringContaining('does not serve for now (HTTP 429)'),
    });
    expect(person.pages).toEqual([]);
  });

  it('fails where it gives no refresh token', async () => {
    endpoint.pollScripted.push({ status: 200, body: { access_token: 'a', token_type: 'Bearer' } });
    expect(await signIn()).toMatchObject({ ok: false, mend: expect.stringContaining('offline_access') });
  });
});

describe('a sign-in by browser', () => {
  let server: OAuth2Server;
  let person: Reader;
  beforeEach(async () => {
    server = new OAuth2Server();
    await server.issuer.keys.generate('RS256');
    await server.start(0, '127.0.0.1');
    person = new Reader();
  });
  afterEach(() => server.stop());
  const url = (path: string) => `${server.issuer.url}/${path}`.replace('localhost', '127.0.0.1');
  const signIn = () =>
    signInByCode(signing(url('authorize'), url('token')), { prompt: 'consent' }, person, systemClock);
  /** The address that the browser is sent to. */
  const sentTo = async (page: string) => (await fetch(page, { redirect: 'manual' })).headers.get('location')!;

  it('comes back by itself on this machine, with a code that only we can use', async () => {
    const asked: URLSearchParams[] = [];
    server.service.on('beforeTokenSigning', (_token: unknown, request: { body: Record<string, string> }) => {
      asked.push(new URLSearchParams(request.body));
    });
    let shown = '';
    person.opens = async (page) => {
      const query = new URL(page).searchParams;
      expect(Object.fromEntries(query)).toMatchObject({
        client_id: 'app',
        response_type: 'code',
        scope: 'mail offline_access',
        code_challenge_method: 'S256',
        prompt: 'consent',
      });
      // Whoever else knocks is turned away, and the sign-in goes on.
      expect((await fetch(`${query.get('redirect_uri')}?state=guessed&code=x`)).status).toBe(404);
      shown = await (await fetch(await sentTo(page))).text();
      return null;
    };
    expect(await signIn()).toEqual({ ok: true });
    expect(shown).toContain('This window can be closed');
    expect(asked.at(-1)?.get('code_verifier')).toMatch(/^[\w-]{43}$/);
    expect((await readFile(join(dir, 'token'), 'utf8')).trim()).not.toBe('');
    expect((await stat(join(dir, 'token'))).mode & 0o777).toBe(0o600);
  });

  it('may be finished by pasting the address, over SSH', async () => {
    person.opens = sentTo;
    expect(await signIn()).toEqual({ ok: true });
    expect(person.lines).toEqual([
      expect.stringContaining('not the address at which the browser ended'),
      expect.stringContaining('of another sign-in'),
    ]);
  });

  it.each([
    ['access_denied', '', 'whoever signed in did not agree (access_denied)'],
    [
      'invalid_request',
      'AADSTS50011: The redirect URI does not match',
      'comes back to is not registered (AADSTS50011)',
    ],
    ['access_denied', 'AADSTS90094: The grant requires admin permission', 'only an administrator may consent'],
  ])('that ends with %s (%s) says why in plain words', async (error, description, why) => {
    person.opens = async (page) => {
      const query = new URL(page).searchParams;
      const back = new URL(query.get('redirect_uri')!);
      back.search = new URLSearchParams({
        error,
        error_description: description,
        state: query.get('state')!,
      }).toString();
      return back.href;
    };
    expect(await signIn()).toMatchObject({ ok: false, why: expect.stringContaining(why) });
    await expect(stat(join(dir, 'token'))).rejects.toThrow('ENOENT');
  });

  it('whose code is refused keeps what was there', async () => {
    await writeFile(join(dir, 'token'), 'old\n', { mode: 0o600 });
    server.service.once('beforeResponse', (answer: { statusCode: number; body: unknown }) => {
      answer.statusCode = 400;
      answer.body = { error: 'invalid_grant', error_description: 'AADSTS70000: code already redeemed' };
    });
    person.opens = sentTo;
    expect(await signIn()).toMatchObject({ ok: false });
    expect(await readFile(join(dir, 'token'), 'utf8')).toBe('old\n');
  });

  it('ends after ten minutes if nobody finishes it', async () => {
    const time = new OwnTime();
    const end = await signInByCode(signing(url('authorize'), url('token')), {}, person, time);
    expect([end, time.slept]).toEqual([
      { ok: false, why: expect.stringContaining('expired'), mend: expect.any(String) },
      [600_000],
    ]);
  });
});
