import { generateKeyPairSync } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ImapServer, startImapServer } from '../../../demo/server/index.js';
import { systemClock } from '../../../src/words/clock.js';
import { FINGERPRINT } from '../../support/gated-servers.js';
import { type Ended, lastOf, Operator, story } from '../../support/nightferry.js';
import { letters } from '../../support/odd-mail.js';
import { processesOf } from '../../support/own-processes.js';
import { mailIn } from '../../support/same-mail.js';
import { refused, TokenEndpoint } from '../../support/token-endpoint.js';
import { granted } from '../input/oauth/token-answers.js';

/** Two by tokens of an application, two by a command, two by passwords in the plan; each server has passwords of its own. */
const USERS = { a: ['ann', 'abe'], b: ['ben', 'bob'], c: ['cy', 'cleo'] } as const;
const ALL = Object.values(USERS).flat();
const MAIL = 8;
/** All secrets have it in their middle. */
const SECRET = /hunter2/;
const passwordAt = (server: string, user = '') => `${server}-hunter2-${user}`;
/** Everybody moves to x, but those whose names begin so. */
const toY = (user: string) => user.startsWith('b');

let operator: Operator;
let endpoint: TokenEndpoint;
let servers: Readonly<Record<'a' | 'b' | 'c' | 'x' | 'y', ImapServer>>;
/** Command lines of our processes while mail was on its way. */
let argvs: string;
let onAppend: (nth: number) => void;

async function serverOf(name: string, users: readonly string[], passwordOf: (user: string) => string) {
  let appends = 0;
  return await startImapServer({
    accounts: Object.fromEntries(users.map((user) => [user, { password: passwordOf(user) }])),
    checkToken: ({ token }) => (name === 'a' && token.includes('hunter2-token') ? 'good' : 'unknown'),
    fault: (event) => {
      if (event.at === 'command' && event.command === 'APPEND') onAppend(++appends);
      return undefined;
    },
  });
}

const secretFile = async (name: string, text: string, mode = 0o600) => chmod(await operator.file(name, text), mode);

beforeEach(async () => {
  argvs = '';
  onAppend = () => undefined;
  operator = await Operator.arrive();
  endpoint = await TokenEndpoint.open(systemClock, generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
  servers = {
    a: await serverOf('a', USERS.a, () => 'nobody knows'),
    b: await serverOf('b', USERS.b, (user) => passwordAt('b', user)),
    c: await serverOf('c', USERS.c, (user) => passwordAt('c', user)),
    x: await serverOf('x', ALL, () => passwordAt('x')),
    y: await serverOf('y', ALL, () => passwordAt('y')),
  };
  for (const [server, users] of Object.entries(USERS))
    for (const user of users)
      for (const letter of letters(MAIL, user))
        servers[server as keyof typeof USERS].accounts.get(user).folder('INBOX').add(letter);
  const at = (name: keyof typeof servers, more: string) =>
    `url = "imaps://127.0.0.1:${servers[name].tlsPort}"\nfingerprint = "${FINGERPRINT}"\n${more}\n`;
  await secretFile('y.secret', `${passwordAt('y')}\n`);
  await secretFile('app.secret', 'app-hunter2-secret\n');
  // It also says whether it sees a secret of another.
  await secretFile('get', `#!/bin/sh\nenv > seen-by-command\necho "b-hunter2-$1"\n`, 0o700);
  await secretFile(
    'nightferry.toml',
    `[source]\n${at('c', '')}
[destination]\n${at('x', 'password-env = "OF_X"')}
[server.a]\n${at('a', 'oauth = "app"')}
[server.b]\n${at('b', `password-command = "${operator.dir}/get {user}"`)}
[server.y]\n${at('y', 'password-file = "y.secret"')}
[oauth.app]\ntenant = "t"\nclient-id = "i"\nsecret-file = "app.secret"\ntoken-endpoint = "${endpoint.url}"\n`,
  );
  const cells = (server: string, user: string) =>
    [
      user,
      user,
      server === 'c' ? passwordAt('c', user) : '',
      server === 'c' ? '' : server,
      toY(user) ? 'y' : '',
    ].join();
  const rows = Object.entries(USERS).flatMap(([server, users]) => users.map((user) => cells(server, user)));
  await secretFile('plan.csv', `EmailAddress,UserName,Password,Source,Destination\n${rows.join('\n')}\n`);
});
afterEach(async () => {
  await operator.leave();
  await Promise.all([...Object.values(servers).map((server) => server.stop()), endpoint.close()]);
});

const ENV = { env: { OF_X: passwordAt('x'), NIGHTFERRY_SOURCE_PASSWORD: '', NIGHTFERRY_DESTINATION_PASSWORD: '' } };
const start = () => operator.start(['run', 'plan.csv', '--name', 'n', '--json', '--stagger', '0'], ENV);
const resume = () => operator.start(['resume', 'n', '--json'], ENV).ended;
const grant = (n: number) => granted(`hunter2-token-${n}`);

function expectMoved(users: readonly string[]): void {
  for (const user of users) {
    const from = servers[user[0] as keyof typeof USERS];
    const there = (server: ImapServer) => mailIn(server.accounts.get(user), 'INBOX');
    expect(there(toY(user) ? servers.y : servers.x)).toEqual(there(from));
    expect(there(toY(user) ? servers.x : servers.y)).toEqual([]);
  }
}

/** Nothing that was said or kept holds a secret, and no command line did, nor the environment of a command. */
async function expectNothingShown(...runs: readonly Ended[]): Promise<void> {
  const texts = await operator.kept();
  expect(texts.length).toBeGreaterThan(10);
  const all = [...texts, ...runs.flatMap(({ out, err }) => [out, err]), argvs].join('\n');
  expect(all).not.toMatch(SECRET);
  expect(await readFile(join(operator.dir, 'seen-by-command'), 'utf8')).not.toMatch(SECRET);
}

it('a batch between three sources and two destinations logs in to each as it wants, is killed, and goes on', async () => {
  endpoint.scripted.push(grant(1), grant(2));
  const killed = start();
  onAppend = (nth) => {
    if (nth === 1) argvs += processesOf(operator.dir, 'cmdline').join('\n');
    if (nth === 3) killed.kill('SIGKILL');
  };
  const first = await killed.ended;
  expect(first.signal).toBe('SIGKILL');
  onAppend = () => undefined;
  const second = await resume();
  expect(second.code, story(second)).toBe(0);
  expectMoved(ALL);
  expect(endpoint.asked).toHaveLength(2);
  expect(endpoint.asked.map((form) => form.get('client_secret'))).toEqual(Array(2).fill('app-hunter2-secret'));
  expect(argvs).toContain('plan.csv');
  await expectNothingShown(first, second);
});

it('what one server refuses holds its own mailboxes, by application together and by mailbox alone, until it is mended', async () => {
  endpoint.scripted.push(refused('invalid_client', 'AADSTS7000222: keys of app-hunter2-secret are expired', 401));
  const get = await readFile(join(operator.dir, 'get'), 'utf8');
  await secretFile('get', get.replace('echo', '[ $1 = ben ] && echo wrong-hunter2 && exit\necho'), 0o700);
  const first = await start().ended;
  expect(first.code, story(first)).toBe(3);
  expectMoved(['bob', 'cy', 'cleo']);
  expect(endpoint.asked).toHaveLength(1);
  const state = (user: string) => lastOf(first, user);
  for (const user of USERS.a)
    expect(state(user).state).toMatchObject({
      kind: 'held',
      asks: expect.stringMatching(/^Make a new one \(Entra/),
    });
  expect([state('ben').state.kind, state('ben').asksPassword]).toEqual(['held', 'source']);
  expect([state('ann').asksPassword, state('abe').asksPassword]).toEqual([null, null]);

  await secretFile('get', get, 0o700);
  endpoint.scripted.push(grant(1));
  const second = await resume();
  expect(second.code, story(second)).toBe(0);
  expectMoved(ALL);
  await expectNothingShown(first, second);
});
