import { createHash, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OAuth2Server } from 'oauth2-mock-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/words/clock.js';
import { DeviceEndpoint } from '../../support/device-endpoint.js';
import { type Ended, failuresIn, lastOf, story } from '../../support/nightferry.js';
import { TokenEndpoint } from '../../support/token-endpoint.js';
import { AnApplication } from '../input/oauth/an-application.js';
import { granted } from '../input/oauth/token-answers.js';
import { TokenedNight } from './a-tokened-night.js';

let app: AnApplication;
let night: TokenedNight;
let endpoint: TokenEndpoint;
beforeAll(async () => {
  app = await AnApplication.registered();
});
afterAll(() => app.leaves());
beforeEach(async () => {
  night = await TokenedNight.begins();
  endpoint = await TokenEndpoint.open(systemClock, app.publicKey);
});
afterEach(async () => {
  await night.ends();
  await endpoint.close();
});

const MAIL = 3;
const arrived = () => ['ann', 'abe', 'ben'].map((user) => night.arrived(user));
const login = () => night.operator.start(['login', 'app'], { state: 'none to name' });

async function everybodyMoves(): Promise<Ended> {
  const run = await night.starts().ended;
  expect(run.code, story(run)).toBe(0);
  expect(arrived()).toEqual([MAIL, MAIL, MAIL]);
  await night.showsNothing(run);
  return run;
}

describe('an application of Microsoft 365', () => {
  it('proves itself by its certificate, which is named by its thumbprint', async () => {
    const table = 'tenant = "t"\nclient-id = "app-1"\ncertificate = "both.pem"\n';
    await night.writes('both.pem', await readFile(join(app.dir, 'both.pem'), 'utf8'));
    await night.isPlanned(`${table}token-endpoint = "${endpoint.url}"\n`);
    await everybodyMoves();
    const { raw } = new X509Certificate(app.certificate);
    expect(endpoint.heads).toEqual([
      expect.objectContaining({ alg: 'PS256', x5t: createHash('sha1').update(raw).digest('base64url') }),
    ]);
    expect(endpoint.claims[0]).toMatchObject({ iss: 'app-1', sub: 'app-1', aud: endpoint.url });
  });

  it('gets the token of all its mailboxes by its secret from a server that is not ours', async () => {
    await withOAuthServer(async (url) => {
      const table = 'tenant = "t"\nclient-id = "app-1"\nsecret-file = "secret"\n';
      await night.isPlanned(`${table}token-endpoint = "${url}/token"\n`);
      await everybodyMoves();
    });
  });
});

describe('a service account of Google', () => {
  const plan = async () => {
    const key = { type: 'service_account', client_email: 'nf@x.example', private_key: app.privateKey };
    await night.writes('key.json', JSON.stringify({ ...key, token_uri: endpoint.url }));
    await night.isPlanned('service-account = "key.json"\n');
  };

  it('speaks for each user; one that the domain does not know is held alone', async () => {
    endpoint.users.add('ann');
    await plan();
    const run = await night.starts().ended;
    expect(run.code, story(run)).toBe(3);
    expect(arrived()).toEqual([MAIL, 0, MAIL]);
    expect(endpoint.claims.map(({ sub }) => sub).sort()).toEqual(['abe', 'ann']);
    expect([lastOf(run, 'abe').state.kind, lastOf(run, 'abe').asksPassword]).toEqual(['held', null]);
    expect(failuresIn(run).map(({ response }) => response)).toEqual([
      expect.stringMatching(/gives no access token: there is no such user in the domain \(invalid_grant\)$/),
    ]);
    await night.showsNothing(run);
  });

  it('on a machine whose clock is two hours behind is told so', async () => {
    endpoint.users.add('ann').add('abe');
    endpoint.ahead = 2 * 3_600_000;
    await plan();
    const run = await night.starts().ended;
    expect(run.code, story(run)).toBe(3);
    expect(arrived()).toEqual([0, 0, MAIL]);
    for (const { response } of failuresIn(run))
      expect(response).toMatch(
        /the clock of this machine and that of the server differ \(.*this clock is 2 h behind it\)$/,
      );
    await night.showsNothing(run);
  });
});

describe('a person who signs in', () => {
  it('by a device code is needed once; a sign-in that is revoked in mid-run holds its mailboxes, and is mended by another', async () => {
    const device = await DeviceEndpoint.open(systemClock);
    try {
      Object.assign(device, { interval: 0.05, signedInAfter: 0 });
      const table = 'flow = "device"\nclient-id = "app"\nrefresh-token-file = "kept"\n';
      await night.isPlanned(
        `${table}device-endpoint = "${device.url('device')}"\ntoken-endpoint = "${device.url('token')}"\n`,
      );
      const before = await night.starts().ended;
      expect([before.code, before.err]).toEqual([2, expect.stringContaining('sign in first: nightferry login app')]);
      const signing = await login().ended;
      expect(signing.code, signing.err).toBe(0);
      expect(signing.out).toContain('BDWP-HQPK');
      const kept = join(night.operator.dir, 'kept');
      expect(((await stat(kept)).mode & 0o777).toString(8)).toBe('600');

      // The token is refused as soon as mail has arrived, and so is the sign-in.
      const token = (name: string, refresh: string) => granted(name, { refresh_token: refresh });
      night.checks = (given) => (given === 'hunter2-token-1' ? 'expired' : 'good');
      device.pollScripted.push(token('hunter2-token-1', 'r-hunter2-1'), {
        status: 400,
        body: { error: 'invalid_grant', error_description: 'AADSTS50173: The grant of r-hunter2-1 was revoked.' },
      });
      const run = await night.starts().ended;
      expect(run.code, story(run)).toBe(3);
      expect(arrived()).toEqual([0, 0, MAIL]);
      expect(await readFile(kept, 'utf8')).toBe('r-hunter2-1\n');
      expect(JSON.stringify(lastOf(run, 'ann').state)).toContain('nightferry login app');

      device.beginScripted.length = 0;
      const again = await login().ended;
      expect(again.code, again.err).toBe(0);
      device.pollScripted.push(token('hunter2-token-2', 'r-hunter2-2'));
      const resumed = await night.operator.start(['resume', 'n', '--json']).ended;
      expect(resumed.code, story(resumed)).toBe(0);
      expect(arrived()).toEqual([MAIL, MAIL, MAIL]);
      await night.showsNothing(before, signing, run, again, resumed);
    } finally {
      await device.close();
    }
  });

  it('in a browser is needed once, at a server that is not ours', async () => {
    await withOAuthServer(async (url) => {
      const table = 'flow = "code"\nclient-id = "app"\nrefresh-token-file = "kept"\n';
      await night.isPlanned(`${table}authorization-endpoint = "${url}/authorize"\ntoken-endpoint = "${url}/token"\n`);
      const running = login();
      await expect.poll(() => /http:\S+authorize\S+/.exec(running.out())?.[0], { timeout: 30_000 }).toBeTruthy();
      const page = /http:\S+authorize\S+/.exec(running.out())![0];
      expect(page).toMatch(/code_challenge=.+&code_challenge_method=S256|code_challenge_method=S256/);
      expect((await fetch(page)).status).toBe(200);
      const signing = await running.ended;
      expect(signing.code, signing.err).toBe(0);
      const first = await readFile(join(night.operator.dir, 'kept'), 'utf8');
      const run = await everybodyMoves();
      const next = await readFile(join(night.operator.dir, 'kept'), 'utf8');
      expect(next).not.toBe(first);
      for (const kept of [first, next])
        expect(run.out + run.err + signing.out + signing.err).not.toContain(kept.trim());
    });
  });
});

/** One whose URLs are of this machine. */
async function withOAuthServer(use: (url: string) => Promise<void>): Promise<void> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  try {
    await use((server.issuer.url ?? '').replace('localhost', '127.0.0.1'));
  } finally {
    await server.stop();
  }
}
