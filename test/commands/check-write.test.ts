import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/engine/check/finding.js';
import {
  arrives,
  box,
  DROP,
  mail,
  many,
  type OddFolders,
  type OddServer,
  type OddSpec,
  serve,
} from '../support/odd-server.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
let servers: OddServer[] = [];
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  await operator.goesHome();
});

const CAPS = 'UIDPLUS QUOTA';
const TEST = /^nightferry-write-test-/;
const ROOM: NonNullable<OddSpec['on']> = {
  GETQUOTAROOT: () => ['* QUOTAROOT INBOX ""', '* QUOTA "" (STORAGE 0 1000000)', '%T OK done'],
};

/** A destination where each user has folders of their own, which the test sees. */
async function places(users: readonly string[], destination: OddSpec = {}) {
  const accounts: Record<string, OddFolders> = {};
  const at = (user: string) => {
    accounts[user] ??= { INBOX: box() };
    return accounts[user];
  };
  const source = await serve({ foldersFor: (user) => ({ INBOX: many(user.length) }) });
  const there = await serve({
    caps: CAPS,
    foldersFor: (user) => at(user.replace('@x', '')),
    ...destination,
    on: { ...ROOM, ...destination.on },
  });
  servers.push(source, there);
  const rows = users.map((user) => `${user}@x,${user},p,q\n`).join('');
  await operator.writes('school.csv', `EmailAddress,UserName,Password,DestinationPassword\n${rows}`);
  return { source, there, at };
}

async function check(...more: string[]): Promise<number> {
  const [source, there] = servers;
  const ends = ['--source', `imap://127.0.0.1:${source!.port}`, '--destination', `imap://127.0.0.1:${there!.port}`];
  return operator.runs('check', 'school.csv', ...ends, '--insecure-plaintext', '--json', ...more);
}

const found = () =>
  operator.out.lines
    .map((line) => JSON.parse(line) as { type: string } & Finding)
    .filter(({ type, mailbox }) => type === 'finding' && mailbox !== null);
const named = () => found().map(({ mailbox, kind }) => `${mailbox} ${kind}`);
const sentTo = ({ log }: OddServer) => log.map((line) => line.replace(/^#\d+ /, ''));

/** By user: what the destination does to the message of the test, and what is to be found. */
const PLANTED: Readonly<Record<string, string>> = {
  barred: 'folders-refused',
  full: 'messages-refused',
  frozen: 'messages-refused',
  hole: 'messages-vanish',
  footer: 'bodies-altered',
  tagged: 'bodies-rewritten',
  unstarred: 'flags-dropped',
  plainer: 'keywords-dropped',
  today: 'dates-dropped',
  busied: 'write-test-undone',
  sticky: 'write-test-left',
};

it('finds 11 problems of 10 kinds by writing, and none that is not there; what it made is gone', async () => {
  const users = [...Object.keys(PLANTED), 'ordinary', 'usually'];
  const userOf = (user: string | null) => (user ?? '').replace('@x', '');
  const { source, there, at } = await places(users, {
    on: {
      CREATE: ({ connection }) => (userOf(connection.user) === 'barred' ? ['%T NO [NOPERM] not you'] : undefined),
      DELETE: ({ connection }) => (userOf(connection.user) === 'sticky' ? ['%T NO [NOPERM] it stays'] : undefined),
      APPEND: (context) => {
        const raw = context.appends()[0]!.raw;
        switch (userOf(context.connection.user)) {
          case 'full':
            return ['%T NO [OVERQUOTA] Quota exceeded'];
          case 'frozen':
            return ['%T NO [NOPERM] this account may only be read'];
          case 'busied':
            return ['%T NO [UNAVAILABLE] try again later'];
          case 'hole':
            return ['%T OK done'];
          case 'footer':
            context.store({ raw: Buffer.concat([raw, Buffer.from('-- \r\nscanned by nobody\r\n')]) });
            return ['%T OK done'];
          case 'tagged':
            context.store({ raw: Buffer.concat([Buffer.from('X-MS-Exchange-Organization-SCL: 1\r\n'), raw]) });
            return ['%T OK done'];
          case 'plainer':
            context.store({ flags: context.appends()[0]!.flags.filter((flag) => flag.startsWith('\\')) });
            return ['%T OK done'];
          case 'unstarred':
            context.store({ flags: context.appends()[0]!.flags.filter((flag) => flag !== '\\Flagged') });
            return ['%T OK done'];
          case 'today':
            context.store({ date: null });
            return ['%T OK done'];
          default:
            return undefined;
        }
      },
      'UID STORE': ({ args }) => (/DELETED/i.test(args) ? undefined : ['%T OK done']),
    },
  });

  expect(await check('--write-test-each', '--yes')).toBe(3);

  expect(named().sort()).toEqual(
    Object.entries(PLANTED)
      .map(([user, kind]) => `${user}@x ${kind}`)
      .sort(),
  );
  for (const user of users)
    expect([user, Object.keys(at(user)).filter((name) => TEST.test(name)).length]).toEqual([
      user,
      user === 'sticky' ? 1 : 0,
    ]);
  expect(sentTo(source).filter((line) => /^(?:SELECT|CREATE|APPEND|UID STORE|UID EXPUNGE|DELETE)/.test(line))).toEqual(
    [],
  );
  const writes = sentTo(there).filter((line) => /^(?:SELECT|CREATE|APPEND|DELETE)\b/.test(line));
  expect(writes.length).toBeGreaterThan(30);
  expect(writes.filter((line) => !line.includes('nightferry-write-test-') && !/^SELECT "?INBOX/.test(line))).toEqual(
    [],
  );
  expect(sentTo(there).filter((line) => /^(?:EXPUNGE|CLOSE)\b/.test(line))).toEqual([]);
});

it('writes to one mailbox of a server unless it is told otherwise, and to none unasked', async () => {
  const { there } = await places(['ann', 'benn']);

  expect(await check()).toBe(0);
  expect(sentTo(there).filter((line) => /^(?:CREATE|APPEND)\b/.test(line))).toEqual([]);
  operator.clears();
  expect(await check('--write-test', '--yes')).toBe(0);

  expect(sentTo(there).filter((line) => /^CREATE\b/.test(line))).toHaveLength(1);
  expect(JSON.parse(operator.out.lines.at(-1)!)).toMatchObject({ type: 'check', writtenTo: 1 });
});

describe('before it writes', () => {
  it('says what it will do and asks; a no is a no', async () => {
    const { there } = await places(['ann']);
    operator.types = ['n'];

    expect(await check('--write-test')).toBe(0);

    expect(operator.questions).toEqual(['Write and remove that message?']);
    expect(operator.err.text).toMatch(
      /makes a folder nightferry-write-test-… in one mailbox at 127\.0\.0\.1.*nothing else/,
    );
    expect(there.connections).toBe(0);
  });

  it('needs --yes where there is nobody to ask', async () => {
    const { there } = await places(['ann']);

    expect(await check('--write-test')).toBe(2);

    expect(operator.err.text).toMatch(/Give --yes/);
    expect(there.connections).toBe(0);
  });
});

describe('without UIDPLUS', () => {
  it('the folder goes with the message, and nothing is expunged', async () => {
    const { there, at } = await places(['ann'], { caps: 'QUOTA' });

    expect(await check('--write-test', '--yes')).toBe(0);

    expect(named()).toEqual(['ann@x without-uidplus']);
    expect(Object.keys(at('ann'))).toEqual(['INBOX']);
    expect(sentTo(there).filter((line) => /EXPUNGE/.test(line))).toEqual([]);
  });

  it('the folder stays where mail came into it that is not ours', async () => {
    const { at } = await places(['ann'], {
      caps: 'QUOTA',
      on: {
        APPEND: (context) => {
          context.store();
          arrives(context.target!, mail(7));
          return ['%T OK done'];
        },
      },
    });

    expect(await check('--write-test', '--yes')).toBe(0);

    const left = found().find(({ kind }) => kind === 'write-test-left')!;
    expect(left).toMatchObject({ mailbox: 'ann@x', messages: 1 });
    expect(at('ann')[left.folder!]?.messages).toHaveLength(2);
  });
});

describe('a test that broke off', () => {
  const STAMP = (at: number) => `nightferry-write-test-${at.toString(36)}-00000000`;
  const OLD = STAMP(Date.now() - 3_600_000);
  const own = mail(1, '').toString('latin1').replace('<m1@old.example>', `<${OLD}@nightferry.invalid>`);

  it('is named by the next check, and removed by the next write test', async () => {
    const { at } = await places(['ann', 'benn']);
    at('benn')[OLD] = box(Buffer.from(own, 'latin1'));

    expect(await check()).toBe(0);
    expect(found().map(({ mailbox, kind, folder }) => [mailbox, kind, folder])).toEqual([
      ['benn@x', 'write-test-left', OLD],
    ]);
    operator.clears();
    expect(await check('--write-test', '--yes')).toBe(0);

    expect(found().map(({ mailbox, kind, folder }) => [mailbox, kind, folder])).toEqual([
      ['benn@x', 'write-test-cleared', OLD],
    ]);
    expect(Object.keys(at('benn'))).toEqual(['INBOX']);
  });

  it('leaves mail that somebody put into its folder: its own message alone is removed', async () => {
    const { at } = await places(['ann']);
    at('ann')[OLD] = box(Buffer.from(own, 'latin1'), mail(2));
    at('ann')[OLD]!.messages[1]!.flags = ['\\Deleted'];

    expect(await check('--write-test', '--yes')).toBe(0);

    expect(named()).toEqual(['ann@x write-test-left']);
    expect(at('ann')[OLD]?.messages.map(({ uid }) => uid)).toEqual([2]);
  });

  it('may be one that another check is at: a folder of this minute is left alone, and named', async () => {
    const { at } = await places(['ann']);
    const young = STAMP(Date.now());
    at('ann')[young] = box();

    expect(await check('--write-test', '--yes')).toBe(0);

    expect(named()).toEqual(['ann@x write-test-left']);
    expect(at('ann')[young]).toBeDefined();
  });

  it('names the folder that it left when the connection drops under the message', async () => {
    const { at } = await places(['ann'], { on: { APPEND: () => [DROP] } });

    expect(await check('--write-test', '--yes')).toBe(0);

    const [left] = found();
    expect(left).toMatchObject({ kind: 'write-test-undone', mailbox: 'ann@x', folder: expect.stringMatching(TEST) });
    expect(Object.keys(at('ann'))).toEqual(['INBOX', left!.folder]);
  });
});

describe('keywords', () => {
  const withKeyword = (): OddFolders => {
    const folder = many(3);
    folder.messages[0]!.flags = ['$Forwarded'];
    return { INBOX: folder };
  };

  it.each([
    ['\\Seen \\Answered \\Flagged \\Deleted \\Draft \\*', []],
    [
      '\\Seen \\Answered \\Flagged \\Deleted \\Draft',
      ['ann@x keywords-dropped', 'ann@x keywords-dropped', 'benn@x keywords-dropped'],
    ],
  ])('of all mailboxes of a server are known by one test: %s', async (permanentFlags, findings) => {
    await places(['ann', 'benn'], { permanentFlags });
    await servers[0]!.stop();
    servers[0] = await serve({ foldersFor: withKeyword });

    expect(await check('--write-test', '--yes')).toBe(0);

    expect(named().sort()).toEqual(findings);
  });
});
