import { afterEach, beforeEach, expect, it } from 'vitest';
import { mail, many, type OddServer, type OddSpec, serve } from '../support/odd-server.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
let servers: OddServer[] = [];
beforeEach(async () => {
  operator = await AnOperator.atWork();
  operator.env.NIGHTFERRY_SOURCE_PASSWORD = 'a';
  operator.env.NIGHTFERRY_DESTINATION_PASSWORD = 'b';
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  await operator.goesHome();
});

async function pair(source: OddSpec, destination: OddSpec = {}): Promise<readonly [OddServer, OddServer]> {
  const both = [await serve(source), await serve(destination)] as const;
  servers.push(...both);
  return both;
}

/** Commands that a look may send, and the way in. */
const LOOKS = /^(AUTHENTICATE|LOGIN|CAPABILITY|ID|NAMESPACE|LIST|LSUB|STATUS|EXAMINE|UID FETCH|NOOP|LOGOUT)\b/;
const sent = ({ log }: OddServer) => log.map((line) => line.replace(/^#\d+ /, ''));

function move([source, destination]: readonly [OddServer, OddServer], ...more: string[]): Promise<number> {
  const url = ({ port }: OddServer) => `imap://ann@127.0.0.1:${port}`;
  return operator.runs('move', url(source), url(destination), '--insecure-plaintext', '--dry-run', ...more);
}

const folders = () => {
  const big = many(2, 20);
  big.messages[1]!.raw = mail(21, '', 'x'.repeat(5_000));
  big.messages[0]!.flags = ['\\Deleted'];
  return { INBOX: many(3), Archive: big };
};

it('prints what would be copied by folder, sends nothing that changes anything, and leaves no file', async () => {
  const both = await pair({ folders: folders() });

  expect(await move(both, '--max-size', '2k')).toBe(0);

  expect(operator.out.text).toMatch(/^ann: 4 of 5 messages to copy, .*, in 2 folders, 1 of them new$/m);
  expect(operator.out.text).toMatch(/^ {2}INBOX +3 .* 3 +0 {2}INBOX$/m);
  expect(operator.out.text).toMatch(/^ {2}Archive +1 .* 2 +0 {2}Archive \(new\)$/m);
  expect(operator.out.text).toContain('too large: 1 message, ');
  expect(operator.out.text).toContain('marked \\Deleted at the source: 1 message');
  expect(operator.out.text).toMatch(/nothing was changed$/m);
  for (const server of both) expect(sent(server).filter((line) => !LOOKS.test(line))).toEqual([]);
  for (const server of both) expect(sent(server).length).toBeGreaterThan(3);
  expect(await operator.stored()).toEqual([]);
  expect(operator.started).toEqual([]);
});

it('says of a folder that cannot be opened so, counts the others, and ends with 3', async () => {
  const both = await pair({
    folders: folders(),
    on: { EXAMINE: ({ targetName }) => (targetName === 'Archive' ? ['%T NO \u001b[31m[NOPERM] closed'] : undefined) },
  });

  expect(await move(both)).toBe(3);

  expect(operator.out.text).toMatch(/^ann: 3 of 3 messages to copy/m);
  expect(operator.out.text).toMatch(/^ {2}source: Archive cannot be looked into: NO .*closed$/m);
  expect(operator.out.text).not.toContain('\u001b');
});

it('tries a login that serves many mailboxes once where it is refused', async () => {
  let tries = 0;
  const both = await pair({
    onAuth: () => {
      tries++;
      return ['%T NO [AUTHENTICATIONFAILED] no'];
    },
  });
  await operator.writes('school.csv', 'EmailAddress,UserName\nann@x,ann\nben@x,ben\neve@x,eve\n');
  const url = ({ port }: OddServer) => `imap://127.0.0.1:${port}`;
  const logins = ['--source-login', '{user}*admin', '--destination-login', '{user}*admin'];
  const run = ['run', 'school.csv', '--source', url(both[0]), '--destination', url(both[1]), '--insecure-plaintext'];

  expect(await operator.runs(...run, ...logins, '--dry-run')).toBe(3);

  expect(tries).toBe(1);
  expect(operator.out.lines.slice(0, 3)).toEqual([
    expect.stringMatching(/^ann@x: source: .*AUTHENTICATIONFAILED/),
    'ben@x: not looked at, because the source refused the login that serves it, too',
    'eve@x: not looked at, because the source refused the login that serves it, too',
  ]);
  expect(operator.out.text).toContain('3 could not be looked at');
  expect(await operator.stored()).toEqual([]);
});

it('tries a shared login alone also where the first mailbox has a password of its own', async () => {
  let tries = 0;
  const both = await pair({
    onAuth: ({ password }) => {
      if (password === 'own') return undefined;
      tries++;
      return ['%T NO [AUTHENTICATIONFAILED] no'];
    },
  });
  const shared = ['ben', 'eve', 'max', 'zoe'].map((name) => `${name}@x,${name},`).join('\n');
  await operator.writes('school.csv', `EmailAddress,UserName,Password\nann@x,ann,own\n${shared}\n`);
  const url = ({ port }: OddServer) => `imap://127.0.0.1:${port}`;
  const logins = ['--source-login', '{user}*admin', '--destination-login', '{user}*admin'];
  const run = ['run', 'school.csv', '--source', url(both[0]), '--destination', url(both[1]), '--insecure-plaintext'];

  expect(await operator.runs(...run, ...logins, '--dry-run')).toBe(3);

  expect(tries).toBe(1);
  expect(operator.out.text).toMatch(/^ann@x: \d+ of \d+ messages? to copy/m);
  expect(operator.out.text.match(/not looked at/g)).toHaveLength(3);
});

it('prints one JSON object a mailbox', async () => {
  const both = await pair({ folders: folders() });

  expect(await move(both, '--json')).toBe(0);

  expect(operator.out.lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      v: 2,
      type: 'dry-run',
      mailbox: 'ann',
      outcome: 'seen',
      folders: [
        expect.objectContaining({ source: 'INBOX', isNew: false, messages: 3, there: 0 }),
        expect.objectContaining({ source: 'Archive', isNew: true, messages: 2, deleted: 1 }),
      ],
    }),
  ]);
});
