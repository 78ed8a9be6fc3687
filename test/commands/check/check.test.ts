import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../src/words/clock.js';
import { DROP, many, type OddServer, serve } from '../../support/odd-server.js';
import { refused, TokenEndpoint } from '../../support/token-endpoint.js';
import { APlanToCheck, annHas, marked, PLAN } from './a-plan-to-check.js';

let school: APlanToCheck;
beforeEach(async () => {
  school = await APlanToCheck.written();
});
afterEach(() => school.isDone());

/** Commands that a look may send, and the way in. */
const LOOKS =
  /^(AUTHENTICATE|LOGIN|CAPABILITY|ID|NAMESPACE|LIST|LSUB|STATUS|EXAMINE|UID FETCH|GETQUOTAROOT|NOOP|LOGOUT)\b/;
const sent = ({ log }: OddServer) => log.map((line) => line.replace(/^#\d+ /, ''));

it('finds nothing in an ordinary plan, changes nothing, and leaves no file but its census', async () => {
  const both = await school.pair({});

  expect(await school.check(both, '--json')).toBe(0);

  expect(school.found()).toEqual([]);
  for (const server of both) expect(sent(server).filter((line) => !LOOKS.test(line))).toEqual([]);
  for (const server of both) expect(sent(server).length).toBeGreaterThan(6);
  expect(await school.operator.stored()).toEqual(['.census', '.census/school', '.census/school/looks.json']);
  expect(school.printed().at(-1)).toMatchObject({ v: 2, type: 'check', mailboxes: 2, notTried: 0, willFail: false });
  expect(school.operator.err.text).toContain('checked 2 of 2 mailboxes');
});

it('logs nobody in where a server cannot be reached', async () => {
  const both = await school.pair({});
  school.operator.probes = (side) =>
    side === 'destination' ? { kind: 'out of reach', why: 'refused' } : { kind: 'answers' };

  expect(await school.check(both, '--json')).toBe(3);

  expect(school.found()).toEqual(['server-unreachable destination']);
  expect(school.printed().at(-1)).toMatchObject({ mailboxes: 0, notTried: 2 });
  for (const server of both) expect(server.connections).toBe(0);
});

it('says so where a server greets with BYE, and not where only one was greeted so', async () => {
  const both = await school.pair({});
  school.operator.probes = (side) =>
    side === 'source' ? { kind: 'turned away', line: '* BYE maintenance' } : { kind: 'answers' };
  expect(await school.check(both, '--json')).toBe(0);
  expect(school.found()).toEqual([]);

  school.operator.clears();
  const closed = await school.pair({ greeting: () => ['* BYE maintenance', DROP] });
  expect(await school.check(closed, '--json')).toBe(3);
  expect(school.found()).toEqual([
    'server-turns-away source',
    'not-looked-at source ann@x',
    'not-looked-at source benn@x',
  ]);
});

it('tries a login that serves many alone, and once where it is refused', async () => {
  school.plan = `EmailAddress,UserName,DestinationPassword\n${['ann', 'benn', 'carla', 'doreen'].map((user) => `${user}@x,${user},q\n`).join('')}`;
  let tries = 0;
  const both = await school.pair({
    onAuth: () => {
      tries++;
      return ['%T NO [AUTHENTICATIONFAILED] no'];
    },
  });

  expect(await school.check(both, '--json', '--source-login', '{user}*admin')).toBe(3);

  expect(tries).toBe(1);
  expect(school.found()).toEqual(['shared-login-refused source ann@x']);
  expect(school.printed().at(-1)).toMatchObject({ mailboxes: 0, notTried: 3 });
});

it('looks again, behind all others, where a refusal may pass by itself', async () => {
  const passing = ['%T NO [UNAVAILABLE] try again later'];
  let tries = 0;
  const both = await school.pair({ onAuth: ({ user }) => (user === 'ann' && tries++ === 0 ? passing : undefined) });

  expect(await school.check(both, '--json')).toBe(0);

  expect(school.found()).toEqual([]);
  expect(both[0].users.at(-1)).toBe('ann');
  const censuses = school.printed().filter(({ type }) => type === 'census');
  expect(censuses.map(({ mailbox }) => mailbox)).toEqual(['ann@x', 'benn@x']);
  expect(school.printed().at(-1)).toMatchObject({ mailboxes: 2 });
});

it('tries again with few at once where a server takes only so many, and says that it does', async () => {
  const names = ['ann', 'benn', 'carla', 'doreen', 'eduardo', 'florence', 'guillaume', 'henrietta1', 'isabella123'];
  school.plan = `EmailAddress,UserName,Password,DestinationPassword\n${names.map((user) => `${user}@x,${user},p,q\n`).join('')}`;
  const open = new Set<number>();
  const both = await school.pair({
    onAuth: ({ connection: { number } }) => {
      if (open.size >= 2) return ['%T NO [LIMIT] Too many connections from your address'];
      open.add(number);
      return undefined;
    },
    on: {
      LOGOUT: ({ connection: { number } }) => {
        open.delete(number);
        return undefined;
      },
    },
  });

  expect(await school.check(both, '--json')).toBe(0);

  expect(school.found()).toEqual(['server-holds-back source']);
  expect(school.printed().at(-1)).toMatchObject({ mailboxes: names.length });
});

it('says so where a mailbox is refused twice, and tries it no more', async () => {
  let tries = 0;
  const both = await school.pair({
    onAuth: ({ user }) => {
      if (user !== 'ann') return undefined;
      tries++;
      return ['%T NO [UNAVAILABLE] try again later'];
    },
  });

  expect(await school.check(both, '--json')).toBe(0);

  expect(school.found()).toEqual(['not-looked-at source ann@x']);
  expect(tries).toBe(2);
});

it('says in the line of a server why it is of no use', async () => {
  const both = await school.pair({});
  school.operator.probes = () => ({ kind: 'out of reach', why: 'no TLS' });

  expect(await school.check(both)).toBe(3);

  expect(school.operator.out.lines.slice(0, 2)).toEqual([
    expect.stringMatching(/^will fail: server offers no usable TLS: no TLS \(source\): use port 993/),
    expect.stringMatching(/\(destination\)/),
  ]);
});

it('asks once for a token that serves all, where it is refused', async () => {
  const [publicKey, privateFiles] = [generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey, { mode: 0o600 }];
  const endpoint = await TokenEndpoint.open(systemClock, publicKey);
  endpoint.scripted.push(refused('invalid_client', 'AADSTS7000222: The provided client secret keys are expired.', 401));
  const settings = { flow: 'm365', tenant: 't', 'client-id': 'a', 'secret-file': 's', 'token-endpoint': endpoint.url };
  const file = join(school.operator.dir, 'oauth.json');
  await writeFile(file, JSON.stringify(settings), privateFiles);
  await writeFile(join(school.operator.dir, 's'), 'hunter2', privateFiles);
  school.plan = 'EmailAddress,UserName,Password\nann@x,ann,p\nbenn@x,benn,p\ncarla@x,carla,p\n';
  expect(await school.check(await school.pair({}), '--json', '--destination-oauth', file)).toBe(3);
  expect(endpoint.asked).toHaveLength(1);
  expect(school.found()).toEqual(['credential-missing destination ann@x']);
  expect(school.operator.out.text).toContain('the client secret has expired (invalid_client, AADSTS7000222)');
  expect(school.operator.out.text + school.operator.err.text).not.toContain('hunter2');
  await endpoint.close();
});

it('prints a line a group, and the rows and the census with --all', async () => {
  const both = await school.pair(annHas(() => ({ INBOX: marked('\\Deleted'), Old: marked('\\Deleted') })));

  expect(await school.check(both)).toBe(0);
  const groups = school.operator.out.lines;
  school.operator.clears();
  expect(await school.check(both, '--all')).toBe(0);

  expect(groups).toEqual([
    expect.stringMatching(/^cannot know: bodies are not read: .*\(source, 10 messages\): /),
    expect.stringMatching(/^cannot know: nothing was written: .*--write-test/),
    expect.stringMatching(/^note: message is marked \\Deleted \(source, 1 mailbox, 2 messages\): /),
    expect.stringMatching(
      /^check: 2 mailboxes looked at, 10 messages, .*; cannot know: 2, note: 1; nothing was changed$/,
    ),
    expect.stringMatching(/^Begun at \d\d:\d\d, the last one is done at \d\d:\d\d \(90%: /),
    expect.stringMatching(/^pace: assumed, nothing was moved between these servers yet/),
    expect.stringMatching(/^unknown: whether the servers throttle/),
  ]);
  expect(school.operator.out.text).toMatch(/^ann@x +2 +6 .* 2020-01-06 +2020-01-06 /m);
  expect(school.operator.out.text).toContain('\n  ann@x · Old · 1 message\n');
});

it('prints CSV, in which no server’s text is a formula', async () => {
  const both = await school.pair(annHas(() => ({ INBOX: many(3), '=cmd': marked('\\Deleted') })));

  expect(await school.check(both, '--csv')).toBe(0);

  expect(school.operator.out.text.split('\r\n').slice(0, 4)).toEqual([
    'severity,kind,side,mailbox,folder,messages,bytes,limit,told,why,todo',
    expect.stringMatching(/^cannot know,bodies-unread,source,,,/),
    expect.stringMatching(/^cannot know,nothing-written,destination,,,.*--write-test/),
    'note,message-marked-deleted,source,ann@x,\'=cmd,1,,,,,"choose --deleted carry, strip or skip"',
  ]);
});

it('prints Markdown, in which no server’s text is a mark', async () => {
  const both = await school.pair(annHas(() => ({ INBOX: many(3), 'a|b <i>': marked('\\Deleted') })));

  expect(await school.check(both, '--markdown')).toBe(0);

  const { lines } = school.operator.out;
  expect(lines[0]).toBe('# Check of school');
  expect(lines[1]).toMatch(/^check: 2 mailboxes looked at, 10 messages/);
  expect(lines).toContain(
    '| note | message is marked \\\\Deleted | source | 1 mailbox, 1 message | choose --deleted carry, strip or skip |',
  );
  expect(lines).toContain('### note: message is marked \\\\Deleted (source)');
  expect(lines).toContain('| ann@x | a\\|b \\<i\\> · 1 message |');
  expect(lines.filter((line) => /^\| (?:ann|benn)@x \| \d/.test(line))).toHaveLength(2);
  expect(lines).toContain('## The night, if it began now');
  expect(lines.filter((line) => /^ {4}(?:ann|benn)@x +[·█]*█/.test(line))).toHaveLength(2);
});

it('refuses bad input with exit code 2 and one line', async () => {
  await school.operator.writes('school.csv', PLAN);

  expect(
    await school.operator.runs('check', `${school.operator.dir}/school.csv`, '--source', 'imaps://a.example'),
  ).toBe(2);

  expect(school.operator.err.lines).toEqual([expect.stringContaining('--destination is missing')]);
});

it('looks at each mailbox on the servers that its row names, and tries none of a server that is away', async () => {
  const both = await school.pair({});
  const [third] = await school.pair({});
  const away = await serve({});
  await away.stop();
  const at = ({ port }: OddServer) => `imap://127.0.0.1:${port}`;
  school.plan = `EmailAddress,UserName,Password,DestinationPassword,Source\nann@x,ann,p,q,\ncy@x,cy,p,q,${at(third)}\neve@x,eve,p,q,${at(away)}\n`;

  school.operator.probes = (_, { port }) =>
    port === away.port ? { kind: 'out of reach', why: 'refused' } : { kind: 'answers' };

  expect(await school.check(both, '--json')).toBe(3);

  const unreachable = school.printed().find(({ kind }) => kind === 'server-unreachable');
  expect(unreachable).toMatchObject({ side: 'source', told: '127.0.0.1: refused' });
  const census = school.printed().filter(({ type }) => type === 'census');
  expect(census.map(({ mailbox }) => mailbox)).toEqual(['ann@x', 'cy@x']);
  expect(new Set(third.users)).toEqual(new Set(['cy']));
  expect(school.printed().find(({ type }) => type === 'check')).toMatchObject({ mailboxes: 2, notTried: 1 });
});

it('asks no server at which no mailbox of the plan is', async () => {
  const both = await school.pair({});
  const [third] = await school.pair({});
  school.plan = `EmailAddress,UserName,Password,DestinationPassword,Source\ncy@x,cy,p,q,imap://127.0.0.1:${third.port}\n`;
  school.operator.probes = (_, { port }) =>
    port === both[0].port ? { kind: 'out of reach', why: 'refused' } : { kind: 'answers' };

  expect(await school.check(both, '--json')).toBe(0);

  expect(school.found()).toEqual([]);
});
