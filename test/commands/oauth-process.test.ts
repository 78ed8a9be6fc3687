import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropAfterDoing, type ImapServer, script, startImapServer, when } from '../../demo/server/index.js';
import { systemClock } from '../../src/words/clock.js';
import { FINGERPRINT } from '../support/gated-servers.js';
import { Operator } from '../support/nightferry.js';
import { letters } from '../support/odd-mail.js';
import { processesOf } from '../support/own-processes.js';
import { mailIn } from '../support/same-mail.js';
import { refused, TokenEndpoint } from '../support/token-endpoint.js';
import { granted } from './input/oauth/token-answers.js';

const USERS = ['ann', 'bob'] as const;
const SECRET = 'hunter2-client-secret';

let operator: Operator;
let endpoint: TokenEndpoint;
let source: ImapServer;
let destination: ImapServer;
/** The first token is good until mail has arrived. */
const arrived = () =>
  USERS.reduce((sum, user) => sum + destination.accounts.get(user).folder('INBOX').messages.length, 0);

/** Command lines and environments of our processes while mail was on its way. */
const argvs: string[] = [];

beforeEach(async () => {
  argvs.length = 0;
  const ended = script(when('APPEND', dropAfterDoing(), { nth: 1 }));
  operator = await Operator.arrive();
  endpoint = await TokenEndpoint.open(systemClock, generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
  const accounts = Object.fromEntries(USERS.map((user) => [user, { password: 'pass' }]));
  source = await startImapServer({ accounts });
  for (const user of USERS)
    for (const letter of letters(6, user)) source.accounts.get(user).folder('INBOX').add(letter);
  destination = await startImapServer({
    accounts,
    checkToken: ({ token }) => (token === 'second-access-token' || arrived() === 0 ? 'good' : 'expired'),
    // A connection ends in mid-run, and the token with it.
    fault: (event) => {
      if (event.at === 'command' && event.command === 'APPEND')
        argvs.push(...processesOf(operator.dir, 'cmdline', 'environ'));
      return ended(event);
    },
  });
  const settings = { flow: 'm365', tenant: 't', 'client-id': 'a', 'token-endpoint': endpoint.url, 'secret-file': 's' };
  for (const [name, text] of [
    ['oauth.json', JSON.stringify(settings)],
    ['s', `${SECRET}\n`],
  ] as const)
    await chmod(await operator.file(name, text), 0o600);
  await operator.file(
    'plan.csv',
    `EmailAddress,UserName,Password\n${USERS.map((user) => `${user},${user},pass\n`).join('')}`,
  );
});
afterEach(async () => {
  await operator.leave();
  await Promise.all([source.stop(), destination.stop(), endpoint.close()]);
});

const run = () =>
  operator.start([
    'run',
    'plan.csv',
    '--json',
    ...['--source', `imaps://127.0.0.1:${source.tlsPort}`, '--source-fingerprint', FINGERPRINT],
    ...['--destination', `imaps://127.0.0.1:${destination.tlsPort}`, '--destination-fingerprint', FINGERPRINT],
    ...['--destination-oauth', 'oauth.json', '--stagger', '0'],
  ]).ended;

/** Everything that was written below the operator's folder, apart from what the operator wrote. */
async function written(): Promise<string> {
  const texts = await operator.kept();
  expect(texts.length).toBeGreaterThan(3);
  return texts.join('\n');
}

it('a batch goes on with a new token where the old one is refused in mid-run, and shows neither', async () => {
  endpoint.scripted.push(granted('first-access-token'), granted('second-access-token'));
  const { code, out, err } = await run();
  expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });
  for (const user of USERS)
    expect(mailIn(destination.accounts.get(user), 'INBOX')).toEqual(mailIn(source.accounts.get(user), 'INBOX'));
  expect(endpoint.asked).toHaveLength(2);
  expect(out + err + (await written())).not.toMatch(/access-token|hunter2/);
  if (!existsSync('/proc/self/cmdline')) return;
  expect(argvs.length).toBeGreaterThan(0);
  expect(argvs.join('\n')).not.toMatch(/access-token|hunter2/);
});

it('an application that is refused holds all its mailboxes after one request, with what to do', async () => {
  endpoint.scripted.push(refused('invalid_client', `AADSTS7000222: keys of ${SECRET} are expired`, 401));
  const { code, out, err } = await run();
  expect(code).toBe(3);
  expect(endpoint.asked).toHaveLength(1);
  expect(destination.commandLog.join('\n')).not.toContain('AUTHENTICATE');
  const text = await written();
  expect(text).toContain('the client secret has expired (invalid_client, AADSTS7000222)');
  expect(text).toContain('{"key":"application refused","wrong":"secret expired"}');
  expect(out).toContain('Make a new one (Entra');
  expect(out + err + text).not.toContain('hunter2');
});
