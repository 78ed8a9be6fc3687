import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/words/clock.js';
import { DeviceEndpoint } from '../support/device-endpoint.js';
import { refused } from '../support/token-endpoint.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
let endpoint: DeviceEndpoint;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  endpoint = await DeviceEndpoint.open(systemClock);
  endpoint.interval = 0.01;
  endpoint.signedInAfter = 0;
  const text = `[source]
url = "imaps://old.example"
oauth = "ann"
[oauth.ann]
flow = "device"
client-id = "app"
refresh-token-file = "ann.token"
device-endpoint = "${endpoint.url('device')}"
token-endpoint = "${endpoint.url('token')}"
[oauth.all]
tenant = "t"
client-id = "app"
secret-env = "MINE"
`;
  await chmod(await operator.writes('nightferry.toml', text), 0o600);
});
afterEach(async () => {
  await endpoint.close();
  await operator.goesHome();
});

const MOVE = ['move', 'imaps://ann@old.example', 'imaps://ann@new.example'];

it('signs in, and the batch then renews its tokens by what was kept', async () => {
  operator.env.NIGHTFERRY_DESTINATION_PASSWORD = 'd';
  expect(await operator.runs(...MOVE)).toBe(2);
  expect(operator.err.text).toContain('ann.token: is not there yet; sign in first: nightferry login ann');
  expect(await operator.clears().runs('login', 'ann')).toBe(0);
  expect(operator.out.text).toContain('https://id.example/activate');
  expect(operator.out.text).toContain('BDWP-HQPK');
  const kept = join(operator.dir, 'ann.token');
  expect(operator.out.lines.at(-1)).toBe(`Signed in: ${kept} holds the refresh token.`);

  operator.env.NIGHTFERRY_DESTINATION_PASSWORD = 'd';
  expect(await operator.runs(...MOVE)).toBe(0);
  const { credentials, batch } = operator.started.at(-1)!;
  const [ann] = batch.mailboxes;
  endpoint.pollScripted.push({
    status: 200,
    body: { access_token: 'a2-hunter2', token_type: 'Bearer', refresh_token: 'r2-hunter2' },
  });
  const given = await credentials.get('source', ann!, false);
  expect(given.kind === 'token' && given.token.reveal()).toBe('a2-hunter2');
  // The provider replaced it: the next run begins with the new one.
  expect(await readFile(kept, 'utf8')).toBe('r2-hunter2\n');
  // Revoked: held with the command that mends it.
  endpoint.pollScripted.push(refused('invalid_grant', 'AADSTS50173: The grant was revoked.'));
  await expect(credentials.get('source', ann!, true)).rejects.toMatchObject({
    advice: { key: 'sign in again', oauth: 'ann' },
  });
  expect(operator.out.text + operator.err.text).not.toContain('hunter2');
});

it('says in one line what is wrong, and what mends it', async () => {
  endpoint.pollScripted.push(refused('authorization_declined', 'no'));
  expect(await operator.runs('login', 'ann')).toBe(2);
  expect(operator.err.lines).toEqual([
    expect.stringMatching(
      /^nightferry: 127.0.0.1:\d+ says no: whoever signed in did not agree \(authorization_declined\)\. Run/,
    ),
  ]);
});

it.each([
  ['all', '[oauth.all]: nobody signs in there: it gets its tokens by itself'],
  ['bob', 'there is no [oauth.bob]; there are ann, all'],
])('has nothing to do for %s', async (name, why) => {
  expect(await operator.runs('login', name)).toBe(2);
  expect(operator.err.text).toContain(why);
});
