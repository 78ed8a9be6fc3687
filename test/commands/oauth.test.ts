import { generateKeyPairSync } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { batchKind } from '../../src/store/batch/batch.js';
import { readDocument } from '../../src/store/documents/document-kind.js';
import { systemClock } from '../../src/words/clock.js';
import { refused, TokenEndpoint } from '../support/token-endpoint.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
let endpoint: TokenEndpoint;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  operator.env.NIGHTFERRY_SOURCE_PASSWORD = 's';
  endpoint = await TokenEndpoint.open(systemClock, generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
  await operator.writes('plan.csv', 'EmailAddress,UserName,Password\nann@x,ann,a\nbob@x,bob,b\n');
});
afterEach(async () => {
  await endpoint.close();
  await operator.goesHome();
});

const RUN = [
  'run',
  'plan.csv',
  '--source',
  'imaps://old.example',
  '--destination',
  'imaps://new.example',
  '--name',
  'b',
];
const answer = (token: string) => ({
  status: 200,
  body: { access_token: token, token_type: 'Bearer', expires_in: 3600 },
});

/** Settings with a secret of this file. */
async function settings(secret: object, mode = 0o600): Promise<void> {
  const text = JSON.stringify({
    flow: 'm365',
    tenant: 't',
    'client-id': 'a',
    'token-endpoint': endpoint.url,
    ...secret,
  });
  await chmod(await operator.writes('oauth.json', text), mode);
}

it('a batch logs in by tokens of an application, and remembers where its settings are and nothing of them', async () => {
  await settings({ 'secret-env': 'MINE' });
  operator.env.MINE = 'hunter2';
  expect(await operator.runs(...RUN, '--destination-oauth', 'oauth.json')).toBe(0);
  const { credentials, batch } = operator.started.at(-1)!;
  endpoint.scripted.push(answer('tok-en'));
  const [ann, bob] = await Promise.all(batch.mailboxes.map((row) => credentials.get('destination', row, false)));
  expect(ann).toEqual(bob);
  expect(ann?.kind === 'token' && ann.token.reveal()).toBe('tok-en');
  expect(endpoint.asked.map((form) => form.get('client_secret'))).toEqual(['hunter2']);
  // One application serves all: refused once, it holds them all.
  expect(batch.mailboxes.map((row) => credentials.shared('destination', row))).toEqual([true, true]);
  expect(Object.keys(operator.env)).not.toContain('MINE');
  const stored = await readFile(join(operator.state, 'b/batch.json'), 'utf8');
  expect(JSON.parse(stored).destination.oauth).toEqual({ file: join(operator.dir, 'oauth.json'), name: null });
  for (const file of (await operator.stored()).filter((name) => name.endsWith('.json')))
    expect(await readFile(join(operator.state, file), 'utf8')).not.toMatch(/hunter2|tok-en/);
  const shown = operator.out.text + operator.err.text + inspect(credentials, { depth: 9, showHidden: true });
  expect(shown).not.toMatch(/hunter2|tok-en/);
});

it('a service account serves each user by itself, until it is refused for whoever comes', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = {
    type: 'service_account',
    client_email: 'nightferry@project.example',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: endpoint.url,
  };
  await chmod(await operator.writes('key.json', JSON.stringify(key)), 0o600);
  const text = JSON.stringify({ flow: 'google', 'service-account': 'key.json' });
  await chmod(await operator.writes('oauth.json', text), 0o600);
  expect(await operator.runs(...RUN, '--destination-oauth', 'oauth.json')).toBe(0);
  const { credentials, batch } = operator.started.at(-1)!;
  const [ann, bob] = batch.mailboxes;
  const ask = (row = ann!) =>
    credentials.get('destination', row, false).then(
      () => 'granted',
      () => 'refused',
    );
  endpoint.scripted.push(refused('invalid_grant', 'Invalid email or User ID'));
  expect([await ask(), credentials.shared('destination', bob!)]).toEqual(['refused', false]);
  endpoint.scripted.push(refused('unauthorized_client', 'Client is unauthorized to retrieve access tokens', 401));
  expect([await ask(), credentials.shared('destination', bob!)]).toEqual(['refused', true]);
});

it('a resume reads the settings again, or others that are named', async () => {
  await operator.writes('secret', 'hunter2');
  await chmod(join(operator.dir, 'secret'), 0o600);
  await settings({ 'secret-file': 'secret' });
  await operator.runs(...RUN, '--destination-oauth', 'oauth.json');
  expect(await operator.runs('resume', 'b')).toBe(0);
  expect(operator.started.at(-1)!.batch.destination.oauth).toEqual({
    file: join(operator.dir, 'oauth.json'),
    name: null,
  });
  expect(await operator.clears().runs('resume', 'b', '--destination-oauth', 'other.json')).toBe(2);
  expect(operator.err.lines).toEqual([
    `nightferry: --destination-oauth ${join(operator.dir, 'other.json')}: cannot be read (ENOENT)`,
  ]);
});

it('settings that others may read are refused in one line, before anything is written', async () => {
  await settings({ 'secret-env': 'MINE' }, 0o644);
  expect(await operator.runs(...RUN, '--destination-oauth', 'oauth.json')).toBe(2);
  const path = join(operator.dir, 'oauth.json');
  expect(operator.err.lines).toEqual([
    `nightferry: --destination-oauth ${path}: is open to other users; close it with: chmod 600 ${path}`,
  ]);
  expect((await operator.stored()).filter((name) => name.endsWith('.json'))).toEqual([]);
});

it('a batch that was made before there were such settings is read', async () => {
  await operator.runs(...RUN, '--destination-password-command', 'get {email}');
  const json = JSON.parse(await readFile(join(operator.state, 'b/batch.json'), 'utf8'));
  const other = { ...json.source, host: 'other.example' };
  json.others = { source: { 'imaps://other.example:993': other }, destination: {} };
  for (const endpoint of [json.source, json.destination, other]) {
    delete endpoint.oauth;
    delete endpoint.passwordFile;
    delete endpoint.passwordEnv;
  }
  const read = readDocument(batchKind, JSON.stringify(json));
  const { source, destination, others } = read.kind === 'good' ? read.data : expect.unreachable();
  for (const endpoint of [source, destination, ...Object.values(others.source)])
    expect(endpoint).toMatchObject({ oauth: null, passwordFile: null, passwordEnv: null });
  expect(Object.keys(others.source)).toHaveLength(1);
});
