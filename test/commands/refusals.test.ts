import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { afterTheNight } from './a-night.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(() => operator.goesHome());

const SERVERS = ['--source', 'imaps://old.example', '--destination', 'imaps://new.example'];
const MOVE = ['move', 'imaps://ann@old.example', 'imaps://ann@new.example'];
const PLAN =
  'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,hunter2,hunter3\nbob@x,bob,hunter4,hunter5\n';
const NO_DESTINATION = 'EmailAddress,UserName,Password\nann@x,ann,hunter2\nbob@x,bob,hunter4\n';
const NO_PASSWORDS = 'EmailAddress,UserName\nann@x,ann\nbob@x,bob\n';

/** Exit code 2, one line that says why, no secret in it, nothing on the disk and no engine. */
async function isRefused(argv: string[], why: RegExp | string): Promise<void> {
  expect(await operator.runs(...argv)).toBe(2);
  const [line, ...more] = operator.err.lines;
  expect(more).toEqual([]);
  expect(line).toMatch(/^nightferry: /);
  if (typeof why === 'string') expect(line).toBe(`nightferry: ${why}`);
  else expect(line).toMatch(why);
  expect(operator.err.text + operator.out.text).not.toMatch(/hunter|\u001b/);
  expect(operator.out.text).toBe('');
  expect(await operator.stored()).toEqual([]);
  expect(operator.started).toEqual([]);
}

describe('wrong usage is refused in one line, and nothing is written', () => {
  it.each<[string[], RegExp | string]>([
    [['mvoe'], /unknown command 'mvoe' \(Did you mean move\?\)/],
    [['move'], "missing required argument 'source'; see nightferry move --help"],
    [['move', 'imaps://a@b'], /missing required argument 'destination'/],
    [[...MOVE, 'third'], /too many arguments/],
    [[...MOVE, '--fast'], /unknown option '--fast'/],
    [[...MOVE, '--source-password=hunter2'], /a password on the command line is refused/],
    [[...MOVE, '--password', 'hunter2'], /a password on the command line is refused/],
    [[...MOVE, '--fast=hunter2'], /unknown option '--fast'/],
    [[...MOVE, '--source-ca'], /argument missing/],
    [['status', 'nothing'], /no batch nothing/],
    [['status', '../etc'], /cannot be a batch's name/],
    [['errors', 'nothing'], /no batch nothing/],
    [['stop', 'nothing'], /no batch nothing/],
    [['delete', 'nothing'], /no batch nothing/],
    [['resume', 'nothing'], /no batch nothing/],
    [['explain', 'NO x', '--side', 'left'], /source or destination is expected, not "left"/],
    [['explain', ' '], /the line is empty/],
    [['explain'], /give a line, or a log/],
    [['status', '--state', ''], /--state: a folder is expected/],
  ])('%j', async (argv, why) => isRefused(argv, why));
});

describe('a move is refused', () => {
  it.each<[string[], RegExp | string]>([
    [
      ['move', 'imaps://ann:hunter2@old.example', 'imaps://ann@new.example'],
      /^nightferry: source: a password in the URL is refused/,
    ],
    [
      ['move', 'imaps://ann@old.example', 'imaps://ann:hunter2@new.example'],
      /^nightferry: destination: a password in the URL/,
    ],
    [['move', 'http://ann@old.example', 'imaps://ann@new.example'], /source: unknown scheme/],
    [['move', 'imaps://old.example', 'imaps://ann@new.example'], 'source: the user is missing, like imaps://user@host'],
    [
      ['move', 'imaps://ann@old.example', 'imaps://new.example'],
      'destination: the user is missing, like imaps://user@host',
    ],
    [['move', 'imaps://ann@old.example:hunter2', 'imaps://ann@new.example'], /source: the port is no number/],
    [['move', 'imaps://ann@', 'imaps://ann@new.example'], 'source: the host is missing'],
    [['move', 'imaps://ann@old.example/INBOX', 'imaps://ann@new.example'], /source: a path or query/],
    [['move', 'imaps://ann@x', 'imaps://ann@x:993'], 'source and destination are the same mailbox'],
    [[...MOVE, '--source-authzid'], /source: --source-authzid needs an admin/],
    [[...MOVE, '--source-ca', 'none.pem'], '--source-ca: none.pem cannot be read (ENOENT)'],
    [[...MOVE, '--destination-fingerprint', '12'], /--destination-fingerprint: 64 hex digits/],
    [[...MOVE, '--source-login', 'admin'], /--source-login: without \{email\}/],
    [[...MOVE, '--source-password-command', 'a | b'], /--source-password-command: it is run without a shell/],
    [[...MOVE, '--source-password-command', 'a', '--source-token-command', 'b'], /not more than one/],
    [[...MOVE, '--max-size', 'big'], /--max-size: a number of bytes/],
    [[...MOVE, '--memory', '1k'], /--memory: at least 1M/],
    [[...MOVE, '--map', 'Sent'], /--map: OLD=NEW/],
    [[...MOVE, '--exclude', ''], /--exclude: a folder name/],
    [[...MOVE, '--name', '../x'], /cannot be a batch's name/],
    [
      MOVE,
      'ann: no source password; give --source-password-command, --source-token-command or --source-oauth, NIGHTFERRY_SOURCE_PASSWORD',
    ],
  ])('%j', async (argv, why) => isRefused(argv, why));

  it.each<[string[], RegExp | string]>([
    [['--destination', 'imaps://new.example'], '--source is missing, like --source imaps://mail.example'],
    [['--source', 'imaps://old.example'], /--destination is missing/],
  ])('when neither %j nor the plan names a server', async (servers, why) => {
    await operator.writes('plan.csv', PLAN);
    await isRefused(['run', 'plan.csv', ...servers], why);
  });

  it('when only one side has a password', async () => {
    operator.env.NIGHTFERRY_SOURCE_PASSWORD = 'hunter2';
    await isRefused(MOVE, /^nightferry: ann: no destination password/);
  });

  it('when the CA file holds no certificate', async () => {
    await operator.writes('ca.pem', 'hunter2');
    await isRefused([...MOVE, '--source-ca', 'ca.pem'], '--source-ca: ca.pem holds no PEM certificate');
  });

  it('when nothing is typed at the prompt', async () => {
    operator.types = ['', ''];
    await isRefused(MOVE, 'source: no password was given');
  });

  it('when there is no safe place for the socket', async () => {
    Object.assign(operator.env, { NIGHTFERRY_SOURCE_PASSWORD: 'hunter2', NIGHTFERRY_DESTINATION_PASSWORD: 'hunter3' });
    await mkdir(join(operator.dir, 'nightferry'), { mode: 0o777 });
    await writeFile(join(operator.dir, `nightferry-${process.getuid?.() ?? 0}`), '');
    const { chmod } = await import('node:fs/promises');
    await chmod(join(operator.dir, 'nightferry'), 0o777);
    // Too deep for a socket of its own.
    const state = join(operator.dir, 'd'.repeat(90));
    await isRefused([...MOVE, '--state', state], /no place for the engine's socket/);
  });
});

describe('a run is refused', () => {
  it.each<[string, string, string[], RegExp | string]>([
    ['no such plan', '', ['other.csv'], 'other.csv: there is no such file'],
    ['an empty plan', '', [], 'plan.csv: the plan is empty'],
    ['a missing column', 'EmailAddress,Password\na,b', [], 'plan.csv, row 1: column "UserName" is missing'],
    ['an unknown column', 'EmailAddress,UserName,Quota\na,b,c', [], /plan.csv, row 1: column "Quota" is unknown/],
    ['a short row', `${NO_DESTINATION}eve@x,eve`, [], 'plan.csv, row 4: wrong number of columns, expected 3, actual 2'],
    ['an empty cell', `${PLAN},eve,hunter2,hunter3`, [], 'plan.csv, row 4, column EmailAddress: the cell is empty'],
    [
      'a repeated mailbox',
      `${PLAN}ANN@x,ann,hunter2,hunter3`,
      [],
      'plan.csv, row 4: mailbox ANN@x stands in row 2 already',
    ],
    [
      'too many rows',
      `EmailAddress,UserName\n${Array.from({ length: 50_001 }, (_, i) => `u${i}@x,u`).join('\n')}`,
      [],
      /has 50,001 rows/,
    ],
    ['more than 10 MB', 'x'.repeat(10 * 1024 * 1024 + 1), [], 'plan.csv: the plan is larger than 10 MB'],
    [
      'no source passwords',
      NO_PASSWORDS,
      [],
      /^nightferry: plan.csv, row 2 \(ann@x\): no source password; give column "Password", --source-password-command/,
    ],
    [
      'no destination passwords',
      NO_DESTINATION,
      [],
      /row 2 \(ann@x\): no destination password; give column "DestinationPassword"/,
    ],
    [
      'an empty password',
      `${PLAN}eve@x,eve,,hunter2`,
      [],
      /^nightferry: plan.csv, row 4 \(eve@x\): no source password/,
    ],
    [
      'a user in the URL without need',
      PLAN,
      ['--source', 'imaps://admin@old.example'],
      /source: a user in the URL needs --source-login/,
    ],
    [
      'a source that lets everybody into one account',
      PLAN,
      ['--source-preauth'],
      /source: --source-preauth is for a single mailbox/,
    ],
    [
      'a destination that lets everybody into one account',
      PLAN,
      ['--destination-preauth'],
      /destination: --destination-preauth is for a single mailbox/,
    ],
    ['authzid without an admin', PLAN, ['--source-authzid'], /--source-authzid needs the admin in the URL/],
    [
      'login and authzid',
      PLAN,
      ['--source', 'imaps://a@old.example', '--source-authzid', '--source-login', '{user}*a'],
      /not both/,
    ],
    ['a backward stagger', PLAN, ['--stagger', '90-60'], /--stagger: the range 90-60 runs backwards/],
    ['101 at once', PLAN, ['--concurrency', '101'], /--concurrency: a number from 1 to 100/],
    ['a bad name', PLAN, ['--name', '.hidden'], /cannot be a batch's name/],
  ])('for %s', async (_, text, extra, why) => {
    await operator.writes('plan.csv', text);
    const plan = extra[0]?.endsWith('.csv') ? [] : ['plan.csv'];
    await isRefused(['run', ...plan, ...SERVERS, ...extra], why);
  });

  it('when one password in the environment would have to do for many mailboxes', async () => {
    await operator.writes('plan.csv', NO_PASSWORDS);
    operator.env.NIGHTFERRY_SOURCE_PASSWORD = 'hunter2';
    operator.types = ['hunter3'];
    await isRefused(
      ['run', 'plan.csv', ...SERVERS],
      'plan.csv, row 2 (ann@x): no source password; NIGHTFERRY_SOURCE_PASSWORD stands for many mailboxes only with --source-login or --source-authzid',
    );
    expect(operator.questions).toEqual([]);
  });

  it('under the name of a batch that exists, which stays as it was', async () => {
    await operator.writes('plan.csv', PLAN);
    expect(await operator.runs('run', 'plan.csv', ...SERVERS)).toBe(0);
    const before = await operator.stored();
    operator.clears();
    expect(await operator.runs('run', 'plan.csv', ...SERVERS)).toBe(2);
    expect(operator.err.lines).toEqual([
      'nightferry: a batch plan exists already and has copied nothing: --replace makes it anew, `nightferry resume plan` goes on with it, --name starts another',
    ]);
    expect(await operator.stored()).toEqual(before);
    expect(operator.started).toHaveLength(1);
  });

  it('under the name of a batch that has copied something, also with --replace', async () => {
    await afterTheNight(operator);
    const before = await operator.stored();
    expect(await operator.runs('run', 'school.csv', ...SERVERS, '--replace')).toBe(2);
    expect(operator.err.lines).toEqual([
      'nightferry: a batch school exists already and holds 27 messages: --replace is for one that copied nothing; `nightferry resume school` goes on with it, --name starts another',
    ]);
    expect(await operator.stored()).toEqual(before);
  });
});
