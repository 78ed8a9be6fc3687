import { chmod } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOAuthSettings } from '../../../../src/commands/input/oauth/oauth-settings.js';
import { openOAuth } from '../../../../src/commands/input/oauth/open-oauth.js';
import { BadInput } from '../../../../src/words/bad-input.js';
import { AnApplication } from './an-application.js';

let app: AnApplication;
beforeAll(async () => {
  app = await AnApplication.registered();
  await app.writes('secret', 'hunter2\n');
  await app.writes('empty', '\n');
  await app.writes('open', 'hunter2\n', 0o640);
});
afterAll(() => app.leaves());

const M365 = { flow: 'm365', tenant: 'new.example', 'client-id': 'a' };
const REFRESH = { flow: 'refresh', 'client-id': 'a', 'refresh-token-file': 'secret' };
const opened = async (settings: unknown, env = {}) =>
  openOAuth({ file: await app.writes('oauth.json', settings), name: null }, 'source', env);

describe('settings for access tokens', () => {
  it('have the usual endpoint and scope, and paths beside the file', async () => {
    const file = await app.writes('oauth.json', { ...M365, 'secret-file': 'secret' });
    expect(await readOAuthSettings({ file, name: null }, '--source-oauth')).toEqual({
      flow: 'm365',
      tokenEndpoint: new URL('https://login.microsoftonline.com/new.example/oauth2/v2.0/token'),
      clientId: 'a',
      scope: 'https://outlook.office365.com/.default',
      proof: { by: 'secret', source: { from: 'file', path: `${app.dir}/secret`, key: 'secret-file' } },
    });
  });

  it('may name the endpoint of another cloud', async () => {
    const url = 'https://login.microsoftonline.us/t/oauth2/v2.0/token';
    const file = await app.writes('oauth.json', { ...M365, 'secret-file': 'secret', 'token-endpoint': url });
    expect(await readOAuthSettings({ file, name: null }, '--source-oauth')).toMatchObject({
      tokenEndpoint: new URL(url),
    });
  });

  it.each([
    ['is not JSON', '{"secret": hunter2', 'is not JSON'],
    ['is a list', [], 'an object is expected'],
    ['has another flow', { flow: 'magic' }, '"flow": one of m365, google, device, code, refresh is expected'],
    [
      'holds a secret itself',
      { ...M365, secret: 'hunter2' },
      '"secret": a secret does not stand in this file: say where it is by secret-file',
    ],
    ['lacks the client', { flow: 'm365', tenant: 't', 'secret-file': 'secret' }, '"client-id" is missing'],
    [
      'has a path for a tenant',
      { ...M365, tenant: '../x', 'secret-file': 'secret' },
      '"tenant": a tenant ID or a domain',
    ],
    ['has no secret', M365, 'give one of "secret-file", "secret-command", "secret-env" or "certificate"'],
    ['has a secret and a certificate', { ...M365, 'secret-file': 'secret', certificate: 'both.pem' }, 'give one of'],
    ['has two secrets', { ...M365, 'secret-file': 'secret', 'secret-env': 'X' }, 'give only one of'],
    ['sends secrets in clear', { ...REFRESH, 'token-endpoint': 'http://id.example/token' }, 'must be https'],
    ['sends secrets to a file', { ...REFRESH, 'token-endpoint': 'file:///etc/passwd' }, 'must be https'],
    [
      'has a password in the URL',
      { ...REFRESH, 'token-endpoint': 'https://a:hunter2@id.example/' },
      'must not hold a user',
    ],
    ['names no file that is there', { ...M365, 'secret-file': 'gone' }, 'cannot be read (ENOENT)'],
    [
      'names a file that others can read',
      { ...M365, 'secret-file': 'open' },
      'is open to other users; close it with: chmod 600',
    ],
    ['names an empty file', { ...M365, 'secret-file': 'empty' }, 'its first line is empty'],
    ['names a variable that is not set', { ...M365, 'secret-env': 'MINE' }, 'the variable MINE is not set'],
    ['names a key without certificate', { ...M365, certificate: 'secret' }, 'holds no certificate in PEM form'],
    [
      'names what is no key of Google',
      { flow: 'google', 'service-account': 'secret' },
      'is not the JSON key of a service account',
    ],
  ])('that %s are refused in one line without a secret', async (_, settings, line) => {
    const error = await opened(settings).then(
      () => null,
      (one: unknown) => one,
    );
    expect(error).toBeInstanceOf(BadInput);
    expect((error as Error).message).toContain(line);
    expect((error as Error).message).not.toMatch(/hunter2|\n/);
  });

  it('that others can read are refused, and so is a folder in their place', async () => {
    const file = await app.writes('oauth.json', { ...M365, 'secret-file': 'secret' });
    await chmod(file, 0o644);
    await expect(openOAuth({ file, name: null }, 'source', {})).rejects.toThrow(
      `--source-oauth ${file}: is open to other users`,
    );
    await expect(openOAuth({ file: app.dir, name: null }, 'source', {})).rejects.toThrow('is no file');
  });

  it('refuse a certificate whose key is another', async () => {
    const other = await AnApplication.registered();
    await app.writes('mixed.pem', `${app.certificate}${other.privateKey}`);
    await expect(opened({ ...M365, certificate: 'mixed.pem' })).rejects.toThrow(
      'the private key is not that of the certificate',
    );
    await other.leaves();
  });
});
