import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/engine/check/finding.js';
import { systemClock } from '../../src/words/clock.js';
import {
  box,
  mail,
  many,
  type OddFolder,
  type OddFolders,
  type OddServer,
  type OddSpec,
  serve,
} from '../support/odd-server.js';
import { refused, TokenEndpoint } from '../support/token-endpoint.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
let servers: OddServer[] = [];
beforeEach(async () => {
  operator = await AnOperator.atWork();
  operator.env.NIGHTFERRY_SOURCE_PASSWORD = 'a';
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  await operator.goesHome();
});

/** The ordinary answer of a server with room for everything. */
const ROOM: NonNullable<OddSpec['on']> = { GETQUOTAROOT: () => quota(0, 1_000_000) };
const quota = (used: number, limit: number) => [
  '* QUOTAROOT INBOX ""',
  `* QUOTA "" (STORAGE ${used} ${limit})`,
  '%T OK done',
];
const CAPS = 'UIDPLUS QUOTA';

async function pair(source: OddSpec, destination: OddSpec = {}): Promise<readonly [OddServer, OddServer]> {
  const both = [
    await serve({ foldersFor: apart, ...source }),
    await serve({
      caps: CAPS,
      foldersFor: () => ({ INBOX: box() }),
      ...destination,
      on: { ...ROOM, ...destination.on },
    }),
  ] as const;
  servers.push(...both);
  return both;
}

/** Each user has as many messages as their name has letters, so that no two are equal. */
const apart = (user: string): OddFolders => ({ INBOX: many(user.length) });

const PLAN = 'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,p,q\nbenn@x,benn,p,q\n';

async function check([source, destination]: readonly [OddServer, OddServer], ...more: string[]): Promise<number> {
  const url = ({ port }: OddServer) => `imap://127.0.0.1:${port}`;
  await operator.writes('school.csv', planText);
  const servers = ['--source', url(source), '--destination', url(destination), '--insecure-plaintext'];
  const code = await operator.runs('check', `${operator.dir}/school.csv`, ...servers, ...more);
  if (code === 2) throw new Error(operator.err.text);
  return code;
}
let planText = PLAN;
beforeEach(() => {
  planText = PLAN;
});

const printed = () => operator.out.lines.map((line) => JSON.parse(line) as { type: string } & Finding);
/** What was found, without what no check can know of any plan. */
const found = () =>
  printed()
    .filter(({ type, kind }) => type === 'finding' && kind !== 'lines-unread')
    .map(({ kind, side, mailbox, folder }) => [kind, side, mailbox, folder].filter((part) => part !== null).join(' '));

/** Commands that a look may send, and the way in. */
const LOOKS =
  /^(AUTHENTICATE|LOGIN|CAPABILITY|ID|NAMESPACE|LIST|LSUB|STATUS|EXAMINE|UID FETCH|GETQUOTAROOT|NOOP|LOGOUT)\b/;
const sent = ({ log }: OddServer) => log.map((line) => line.replace(/^#\d+ /, ''));

it('finds nothing in an ordinary plan, changes nothing, and leaves no file but its census', async () => {
  const both = await pair({});

  expect(await check(both, '--json')).toBe(0);

  expect(found()).toEqual([]);
  for (const server of both) expect(sent(server).filter((line) => !LOOKS.test(line))).toEqual([]);
  for (const server of both) expect(sent(server).length).toBeGreaterThan(6);
  expect(await operator.stored()).toEqual(['.census', '.census/school', '.census/school/looks.json']);
  expect(printed().at(-1)).toMatchObject({ v: 2, type: 'check', mailboxes: 2, notTried: 0, willFail: false });
  expect(operator.err.text).toContain('checked 2 of 2 mailboxes');
});

/** Ann's mailbox, with something odd; that of the other is ordinary. */
const annHas = (folders: () => OddFolders): OddSpec => ({
  foldersFor: (user) => (user.startsWith('ann') ? folders() : apart(user)),
});
const marked = (...flags: string[]): OddFolder => {
  const folder = many(3);
  folder.messages[0]!.flags = flags;
  return folder;
};
const onOneDay = (): OddFolder => {
  const folder = many(60);
  for (const message of folder.messages) message.date = '03-Feb-2024 10:00:00 +0000';
  return folder;
};

describe('a planted problem is found, and none that is not there', () => {
  const cases: readonly (readonly [string, OddSpec, OddSpec, number])[] = [
    ['message-marked-deleted source ann@x INBOX', annHas(() => ({ INBOX: marked('\\Deleted') })), {}, 0],
    ['keywords-unknown destination ann@x INBOX', annHas(() => ({ INBOX: marked('$Forwarded') })), {}, 0],
    ['mailbox-empty source ann@x', annHas(() => ({ INBOX: box() })), {}, 0],
    ['dates-of-one-day source ann@x', annHas(() => ({ INBOX: onOneDay() })), {}, 0],
    [
      'message-too-large destination ann@x INBOX',
      annHas(() => ({ INBOX: box(mail(1), mail(2, '', 'x'.repeat(5_000))) })),
      { caps: `${CAPS} APPENDLIMIT=4000` },
      3,
    ],
    [
      'folder-unreadable source ann@x Closed',
      {
        ...annHas(() => ({ INBOX: many(3), Closed: many(2) })),
        on: { EXAMINE: ({ targetName }) => (targetName === 'Closed' ? ['%T NO [NOPERM] closed'] : undefined) },
      },
      {},
      3,
    ],
    [
      'message-empty source ann@x INBOX',
      {
        ...annHas(() => ({ INBOX: many(9) })),
        on: { 'UID FETCH': (context) => context.rows(({ uid }) => (uid === 9 ? { size: '0' } : undefined)) },
      },
      {},
      0,
    ],
    ['uids-not-kept source ann@x INBOX', annHas(() => ({ INBOX: { ...many(3), uidValidity: 0 } })), {}, 0],
    [
      'destination-not-empty destination ann@x',
      {},
      { foldersFor: (user) => ({ INBOX: user.startsWith('ann') ? many(2) : box() }) },
      0,
    ],
    [
      'login-refused destination ann@x',
      {},
      { onAuth: ({ user }) => (user.startsWith('ann') ? ['%T NO [AUTHENTICATIONFAILED] no'] : undefined) },
      3,
    ],
    [
      'mailbox-missing source ann@x',
      { onAuth: ({ user }) => (user.startsWith('ann') ? ['%T NO [NONEXISTENT] no such mailbox'] : undefined) },
      {},
      3,
    ],
    ['folders-differ-in-case destination ann@x', annHas(() => ({ INBOX: many(3), Old: many(1), old: many(1) })), {}, 0],
  ];
  it.each(cases)('%s', async (what, source, destination, code) => {
    const both = await pair(source, destination);

    expect(await check(both, '--json')).toBe(code);

    expect(found()).toEqual([what]);
  });

  it.each([
    ['quota-too-small', 7, 7, 3],
    ['quota-almost-full', 990, 1_000, 0],
  ])('%s', async (kind, used, limit, code) => {
    const both = await pair({}, { on: { GETQUOTAROOT: () => quota(used, limit) } });

    expect(await check(both, '--json')).toBe(code);

    expect(found()).toEqual([`${kind} destination ann@x`, `${kind} destination benn@x`]);
  });

  it.each([
    ['quota-unknown', 'UIDPLUS'],
    ['without-uidplus', 'QUOTA'],
  ])('%s', async (kind, caps) => {
    expect(await check(await pair({}, { caps }), '--json')).toBe(0);

    expect(found()).toEqual([`${kind} destination ann@x`, `${kind} destination benn@x`]);
  });

  it('Gmail, whose labels double', async () => {
    const on: OddSpec['on'] = {
      LIST: (context) =>
        context.normal().map((item) =>
          String(item)
            .replace('() "/" "All Mail"', '(\\All) "/" "All Mail"')
            .replace(/\(\) ("." "?All Mail)/, '(\\All) $1'),
        ),
    };
    const source = { caps: 'X-GM-EXT-1', ...annHas(() => ({ INBOX: many(3), 'All Mail': many(3) })), on };

    expect(await check(await pair(source), '--json')).toBe(0);

    expect(found()).toEqual(['labels-double source ann@x All Mail', 'mail-hidden source']);
  });

  it('two rows that read one mailbox, and two logins that see one INBOX at the destination', async () => {
    planText = 'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,p,q\nbenn@x,ann,p,q\n';
    const on: OddSpec['on'] = {
      STATUS: ({ args }) =>
        /MAILBOXID/.test(String(args)) ? ['* STATUS INBOX (MAILBOXID (F1))', '%T OK done'] : undefined,
    };

    expect(await check(await pair({}, { caps: `${CAPS} OBJECTID`, on }), '--json')).toBe(0);

    expect(found()).toEqual([
      'one-destination destination ann@x',
      'one-destination destination benn@x',
      'one-source source ann@x',
      'one-source source benn@x',
    ]);
  });
});

it('logs nobody in where a server cannot be reached', async () => {
  const both = await pair({});
  operator.probes = (side) => (side === 'destination' ? { kind: 'out of reach', why: 'refused' } : { kind: 'answers' });

  expect(await check(both, '--json')).toBe(3);

  expect(found()).toEqual(['server-unreachable destination']);
  expect(printed().at(-1)).toMatchObject({ mailboxes: 0, notTried: 2 });
  for (const server of both) expect(server.connections).toBe(0);
});

it('tries a login that serves many alone, and once where it is refused', async () => {
  planText = `EmailAddress,UserName,DestinationPassword\n${['ann', 'benn', 'carla', 'doreen'].map((user) => `${user}@x,${user},q\n`).join('')}`;
  let tries = 0;
  const both = await pair({
    onAuth: () => {
      tries++;
      return ['%T NO [AUTHENTICATIONFAILED] no'];
    },
  });

  expect(await check(both, '--json', '--source-login', '{user}*admin')).toBe(3);

  expect(tries).toBe(1);
  expect(found()).toEqual(['shared-login-refused source ann@x']);
  expect(printed().at(-1)).toMatchObject({ mailboxes: 0, notTried: 3 });
});

it('looks again, behind all others, where a refusal may pass by itself', async () => {
  const passing = ['%T NO [UNAVAILABLE] try again later'];
  let tries = 0;
  const both = await pair({ onAuth: ({ user }) => (user === 'ann' && tries++ === 0 ? passing : undefined) });

  expect(await check(both, '--json')).toBe(0);

  expect(found()).toEqual([]);
  expect(both[0].users.at(-1)).toBe('ann');
  const censuses = printed().filter(({ type }) => type === 'census');
  expect(censuses.map(({ mailbox }) => mailbox)).toEqual(['ann@x', 'benn@x']);
  expect(printed().at(-1)).toMatchObject({ mailboxes: 2 });
});

it('says so where a mailbox is refused twice, and tries it no more', async () => {
  let tries = 0;
  const both = await pair({
    onAuth: ({ user }) => {
      if (user !== 'ann') return undefined;
      tries++;
      return ['%T NO [UNAVAILABLE] try again later'];
    },
  });

  expect(await check(both, '--json')).toBe(0);

  expect(found()).toEqual(['not-looked-at source ann@x']);
  expect(tries).toBe(2);
});

it('says in the line of a server why it is of no use', async () => {
  const both = await pair({});
  operator.probes = () => ({ kind: 'out of reach', why: 'no TLS' });

  expect(await check(both)).toBe(3);

  expect(operator.out.lines.slice(0, 2)).toEqual([
    expect.stringMatching(/^will fail: server offers no usable TLS: no TLS \(source\): use port 993/),
    expect.stringMatching(/\(destination\)/),
  ]);
});

it('asks once for a token that serves all, where it is refused', async () => {
  const [publicKey, privateFiles] = [generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey, { mode: 0o600 }];
  const endpoint = await TokenEndpoint.open(systemClock, publicKey);
  endpoint.scripted.push(refused('invalid_client', 'AADSTS7000222: The provided client secret keys are expired.', 401));
  const settings = { flow: 'm365', tenant: 't', 'client-id': 'a', 'secret-file': 's', 'token-endpoint': endpoint.url };
  const file = join(operator.dir, 'oauth.json');
  await writeFile(file, JSON.stringify(settings), privateFiles);
  await writeFile(join(operator.dir, 's'), 'hunter2', privateFiles);
  planText = 'EmailAddress,UserName,Password\nann@x,ann,p\nbenn@x,benn,p\ncarla@x,carla,p\n';
  expect(await check(await pair({}), '--json', '--destination-oauth', file)).toBe(3);
  expect(endpoint.asked).toHaveLength(1);
  expect(found()).toEqual(['credential-missing destination ann@x']);
  expect(operator.out.text).toContain('the client secret has expired (invalid_client, AADSTS7000222)');
  expect(operator.out.text + operator.err.text).not.toContain('hunter2');
  await endpoint.close();
});

it('prints a line a group, and the rows and the census with --all', async () => {
  const both = await pair(annHas(() => ({ INBOX: marked('\\Deleted'), Old: marked('\\Deleted') })));

  expect(await check(both)).toBe(0);
  const groups = operator.out.lines;
  operator.clears();
  expect(await check(both, '--all')).toBe(0);

  expect(groups).toEqual([
    expect.stringMatching(/^cannot know: lines longer .*\(source, 10 messages\): /),
    expect.stringMatching(/^note: message is marked \\Deleted \(source, 1 mailbox, 2 messages\): /),
    expect.stringMatching(
      /^check: 2 mailboxes looked at, 10 messages, .*; cannot know: 1, note: 2; nothing was changed$/,
    ),
  ]);
  expect(operator.out.text).toMatch(/^ann@x +2 +6 .* 2020-01-06 +2020-01-06 /m);
  expect(operator.out.text).toContain('\n  ann@x · Old · 1 message\n');
});

it('prints CSV, in which no server’s text is a formula', async () => {
  const both = await pair(annHas(() => ({ INBOX: many(3), '=cmd': marked('\\Deleted') })));

  expect(await check(both, '--csv')).toBe(0);

  expect(operator.out.text.split('\r\n').slice(0, 3)).toEqual([
    'severity,kind,side,mailbox,folder,messages,bytes,limit,told,why',
    expect.stringMatching(/^cannot know,lines-unread,source,,,/),
    "note,message-marked-deleted,source,ann@x,'=cmd,1,,,,",
  ]);
});

it('refuses bad input with exit code 2 and one line', async () => {
  await operator.writes('school.csv', PLAN);

  expect(await operator.runs('check', `${operator.dir}/school.csv`, '--source', 'imaps://a.example')).toBe(2);

  expect(operator.err.lines).toEqual([expect.stringContaining('--destination is missing')]);
});

it('looks at each mailbox on the servers that its row names, and tries none of a server that is away', async () => {
  const both = await pair({});
  const [third] = await pair({});
  const away = await serve({});
  await away.stop();
  const at = ({ port }: OddServer) => `imap://127.0.0.1:${port}`;
  planText = `EmailAddress,UserName,Password,DestinationPassword,Source\nann@x,ann,p,q,\ncy@x,cy,p,q,${at(third)}\neve@x,eve,p,q,${at(away)}\n`;

  operator.probes = (_, { port }) =>
    port === away.port ? { kind: 'out of reach', why: 'refused' } : { kind: 'answers' };

  expect(await check(both, '--json')).toBe(3);

  const unreachable = printed().find(({ kind }) => kind === 'server-unreachable');
  expect(unreachable).toMatchObject({ side: 'source', told: '127.0.0.1: refused' });
  const census = printed().filter(({ type }) => type === 'census');
  expect(census.map(({ mailbox }) => mailbox)).toEqual(['ann@x', 'cy@x']);
  expect(new Set(third.users)).toEqual(new Set(['cy']));
  expect(printed().find(({ type }) => type === 'check')).toMatchObject({ mailboxes: 2, notTried: 1 });
});

describe('the census of a check', () => {
  async function runs(...more: string[]) {
    operator.clears();
    const servers = ['--source', urls[0], '--destination', urls[1], '--insecure-plaintext', '--replace'];
    expect(await operator.runs('run', `${operator.dir}/school.csv`, ...servers, ...more)).toBe(0);
    const looks = await operator.started.at(-1)!.store.looks();
    return ['ann_x', 'benn_x'].map((id) => looks.of(id));
  }
  let urls = ['', ''] as [string, string];

  it('is where a run of the same plan begins, and no other run', async () => {
    const both = await pair({});
    urls = both.map(({ port }) => `imap://127.0.0.1:${port}`) as typeof urls;
    await check(both);

    expect(await runs()).toMatchObject([
      { messages: 3, bytes: 420, newest: expect.any(Number) },
      { messages: 4, bytes: 560 },
    ]);
    expect(operator.err.text).toContain('note: the census of the last check is known of 2 of 2 mailboxes');
    expect(await runs('--name', 'other')).toEqual([null, null]);
    // Of these days, or without that folder, they may hold less.
    expect(await runs('--since', '2020-01-01')).toEqual([null, null]);
    expect(await runs('--exclude', 'Spam')).toEqual([null, null]);
  });
});
