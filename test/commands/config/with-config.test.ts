import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/commands/input/config/read-config.js';
import { readNoticePlaces } from '../../../src/commands/input/config/webhook.js';
import { systemClock } from '../../../src/words/clock.js';
import { AnOperator } from '../an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  operator.env.NIGHTFERRY_SOURCE_PASSWORD = 's';
  operator.env.NIGHTFERRY_DESTINATION_PASSWORD = 'd';
  await operator.writes('plan.csv', 'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,a,b\n');
});
afterEach(() => operator.goesHome());

const writes = async (text: string) => {
  const path = await operator.writes('nightferry.toml', text);
  await chmod(path, 0o600);
  return path;
};
/** Runs, and hands over the batch that was made. */
async function batchOf(...argv: string[]) {
  Object.assign(operator.env, { NIGHTFERRY_SOURCE_PASSWORD: 's', NIGHTFERRY_DESTINATION_PASSWORD: 'd' });
  const code = await operator.clears().runs(...argv);
  expect([code, operator.err.text]).toEqual([0, '']);
  return operator.started.at(-1)!.batch;
}

const SERVERS = `[source]
url = "imaps://old.example"
login = "{user}*master"
password-command = "pass old"
[destination]
url = "imap://new.example:1143"
[server.branch]
url = "imaps://branch.example"
authzid = false
[batch]
concurrency = 3
stagger = "5-6"
look = false
exclude = ["Trash"]
window = "20:00-06:00 Europe/Berlin"
`;

describe('the configuration fills up what the command line does not say', () => {
  it('servers, logins and options of a run', async () => {
    await writes(SERVERS);
    const { source, destination, options } = await batchOf('run', 'plan.csv');
    expect(source).toMatchObject({ host: 'old.example', login: '{user}*master', passwordCommand: ['pass', 'old'] });
    expect(destination).toMatchObject({ host: 'new.example', port: 1143, security: 'starttls', login: null });
    expect(options).toMatchObject({ concurrency: 3, stagger: { min: 5, max: 6 }, look: 'none', exclude: ['Trash'] });
    expect(options.window).toMatchObject({ zone: 'Europe/Berlin' });
  });

  it('and an option of the command line takes precedence', async () => {
    await writes(SERVERS);
    const given = ['--concurrency', '7', '--exclude', 'Junk', '--source-token-command', 'tok', '--source-authzid'];
    const url = ['--source', 'imaps://admin@old.example'];
    const { source, options } = await batchOf('run', 'plan.csv', ...url, ...given);
    // One way to log in takes the place of the other: both together would be refused.
    expect(source).toMatchObject({ tokenCommand: ['tok'], passwordCommand: null, authzid: true, login: null });
    expect(options).toMatchObject({ concurrency: 7, exclude: ['Junk'], stagger: { min: 5, max: 6 } });
  });

  it('but never the login of one server for another', async () => {
    await writes(SERVERS);
    expect(await operator.runs('run', 'plan.csv', '--source', 'imaps://other.example')).toBe(0);
    expect(operator.started.at(-1)!.batch.source).toMatchObject({
      host: 'other.example',
      login: null,
      passwordCommand: null,
    });
    expect(operator.err.text).toBe(
      `note: [source] of ${operator.dir}/nightferry.toml is about another server, and is not used\n`,
    );
  });

  it('a server by its name', async () => {
    await writes(SERVERS);
    const { source } = await batchOf('run', 'plan.csv', '--source', 'branch');
    expect(source).toMatchObject({ host: 'branch.example', login: null });
  });

  it('not with --no-config', async () => {
    await writes(SERVERS);
    expect(await operator.runs('run', 'plan.csv', '--no-config')).toBe(2);
    expect(operator.err.text).toContain('--source is missing');
  });

  it('move and check, too', async () => {
    await writes(SERVERS);
    const { source, options } = await batchOf('move', 'imaps://ann@old.example', 'imap://ann@new.example:1143');
    expect(source).toMatchObject({ user: 'ann', passwordCommand: ['pass', 'old'] });
    expect(options).toMatchObject({ exclude: ['Trash'], concurrency: 1, stagger: { min: 0, max: 0 } });
    expect(await operator.clears().runs('check', 'plan.csv', '--destination', 'no url')).toBe(2);
    expect(operator.err.text).toContain('destination: a URL like imaps://user@host is expected');
  });

  it('and a wrong value in it stops the command with one line', async () => {
    await writes('[batch]\nconcurrency = 0\nlook = 1\n');
    expect(await operator.runs('run', 'plan.csv')).toBe(2);
    expect(operator.err.lines).toEqual([
      `nightferry: ${operator.dir}/nightferry.toml:2:1: [batch] concurrency: a number from 1 to 100 is expected; and 1 more: \`nightferry config check\` names them all`,
    ]);
    expect(await operator.stored()).toEqual([]);
  });

  it('help looks at no file and makes none', async () => {
    await writes('[nonsense');
    for (const argv of [['run', '--help'], ['config', '--help'], ['config', 'init', '--help'], ['--help']])
      expect(await operator.clears().runs(...argv)).toBe(0);
    expect(await operator.stored()).toEqual([]);
  });
});

describe('an application by its name', () => {
  const M365 = '[oauth.m365]\ntenant = "t"\nclient-id = "c"\nsecret-env = "MINE"\n';
  const place = () => ({ file: join(operator.dir, 'nightferry.toml'), name: 'm365' });

  it('is remembered with the batch by its place, and its secret is taken from where the table says', async () => {
    await writes(`${SERVERS}${M365}`.replace('[server', 'oauth = "m365"\n[server'));
    await operator.writes('bare.csv', 'EmailAddress,UserName,Password\nann@x,ann,a\n');
    operator.env.MINE = 'hunter2';
    expect((await batchOf('run', 'bare.csv')).destination.oauth).toEqual(place());
    expect(operator.env.MINE).toBeUndefined();
    operator.env.MINE = 'hunter2';
    // The batch knows where; a resume looks there again.
    expect((await batchOf('resume', 'bare')).destination.oauth).toEqual(place());
  });

  it('may be given as an option, where a file may, too', async () => {
    await writes(M365);
    operator.env.MINE = 'hunter2';
    await operator.writes('bare.csv', 'EmailAddress,UserName,Password\nann@x,ann,a\n');
    const urls = ['--source', 'imaps://o.example', '--destination', 'imaps://n.example'];
    expect((await batchOf('run', 'bare.csv', ...urls, '--destination-oauth', 'm365')).destination.oauth).toEqual(
      place(),
    );
  });
});

describe('notices', () => {
  const MOVE = ['move', 'imaps://a@old.example', 'imaps://a@new.example'];
  const wishes = () => operator.started.at(-1)!.notices!;

  it('go where the configuration says, and a resume needs no URL again', async () => {
    await operator.writes('hook', 'https://hook.example/hunter2\n');
    await chmod(join(operator.dir, 'hook'), 0o600);
    await writes('[notify]\nwebhook-file = "hook"\nwhen = ["ended", "stalled"]\n');
    for (const argv of [MOVE, ['resume', 'a-to-a']]) {
      if (argv[0] === 'resume')
        argv[1] = (await operator.stored()).find((name) => !name.includes('/') && name !== 'engines')!;
      await batchOf(...argv);
      expect(wishes().wanted).toEqual({
        command: null,
        urls: [{ host: 'hook.example', shape: 'json' }],
        when: ['ended', 'stalled'],
      });
      expect(wishes().channels.map(({ name }) => name)).toEqual(['--notify-url (hook.example)']);
    }
    expect(operator.out.text + operator.err.text).not.toContain('hunter2');
  });

  it('go to a webhook and by mail, each in its own form', async () => {
    operator.env.HOOK = 'https://hook.example/hunter2';
    const mail = 'mail = { to = "ops@x.example", server = "smtps://mail.example" }';
    await writes(`[notify]\nwebhook-env = "HOOK"\nshape = "slack"\n${mail}\n`);
    await batchOf(...MOVE);
    expect(wishes().wanted.urls).toEqual([
      { host: 'hook.example', shape: 'slack' },
      { host: 'mail.example', shape: 'mail' },
    ]);
    expect(wishes().channels.map(({ name }) => name)).toEqual([
      '--notify-url (hook.example)',
      expect.stringContaining('mail.example'),
    ]);
  });

  it.each([
    ['webhook-env = "NOWHERE"', 'webhook-env: the variable NOWHERE is not set'],
    ['webhook-command = "false"', 'webhook-command ended with exit code 1; run it by hand to see why'],
    ['webhook-command = "echo hunter2"', 'webhook-command: https://host/... is expected'],
  ])('%s that gives no URL stops it before anything starts', async (line, why) => {
    await writes(`[notify]\n${line}\n`);
    expect(await operator.runs(...MOVE)).toBe(2);
    expect(operator.err.lines).toEqual([`nightferry: ${operator.dir}/nightferry.toml: [notify] ${why}`]);
  });

  it.each(['password-file = "secret"', 'password-command = "cat secret"', 'password-env = "MINE"'])(
    'go by mail with the password of %s, which leaves no trace',
    async (line) => {
      const path = await operator.writes('secret', 'hunter2\n');
      await chmod(path, 0o600);
      operator.env.MINE = 'hunter2';
      const given = line.replace('cat secret', `cat ${path}`);
      const file = await writes(
        `[notify]\nmail = { to = "ops@x.example", server = "smtps://me@mail.example", ${given} }\n`,
      );
      const read = await readConfig(file);
      if (!read.ok) throw new Error(read.complaints.join());
      expect(await readNoticePlaces(read.config, { env: { ...operator.env }, clock: systemClock })).toEqual([
        {
          place: `${file}: [notify.mail]`,
          text: 'smtps://me:hunter2@mail.example/?to=ops%40x.example',
          shape: null,
        },
      ]);
      await batchOf(...MOVE);
      expect(wishes().wanted.urls).toEqual([{ host: 'mail.example', shape: 'mail' }]);
      expect(operator.env.MINE).toBe(line.includes('env') ? undefined : 'hunter2');
      expect(operator.out.text + operator.err.text).not.toContain('hunter2');
    },
  );

  it.each([
    ['password-env = "NOWHERE"', 'password-env: the variable NOWHERE is not set'],
    ['password-command = "false"', 'password-command ended with exit code 1; run it by hand to see why'],
  ])('by mail stop before anything starts where %s gives no password', async (line, why) => {
    await writes(`[notify]\nmail = { to = "ops@x.example", server = "smtps://me@mail.example", ${line} }\n`);
    expect(await operator.runs(...MOVE)).toBe(2);
    expect(operator.err.lines).toEqual([`nightferry: ${operator.dir}/nightferry.toml: [notify.mail] ${why}`]);
  });

  it('by an option take precedence over those of the configuration', async () => {
    await writes('[notify]\nwebhook-env = "NOWHERE"\nshape = "slack"\ncommand = "page"\n');
    await batchOf(...MOVE, '--notify-url', 'https://ntfy.sh/topic', '--notify-when', 'needs-you');
    expect(wishes().wanted).toEqual({
      command: ['page'],
      urls: [{ host: 'ntfy.sh', shape: 'ntfy' }],
      when: ['needs-you'],
    });
  });
});

describe('config show', () => {
  const shown = async (...argv: string[]) => {
    expect(await operator.clears().runs('config', 'show', '--json', ...argv)).toBe(0);
    const rows = operator.out.lines.map((line) => JSON.parse(line));
    return Object.fromEntries(
      rows.map(({ option, value, from }) => [option, [value, from.kind, from.place ?? from.name]]),
    );
  };
  const file = (line: number) => `${operator.dir}/nightferry.toml:${line}`;

  it('says of each value that counts where it comes from', async () => {
    await writes(`${SERVERS}[oauth.google]\nservice-account = "key.json"\n`);
    const rows = await shown('--stagger', '9', '--source', 'imaps://imap.gmail.com', '--source-oauth', 'google');
    expect(rows).toMatchObject({
      stagger: ['9', 'flag', undefined],
      concurrency: ['3', 'file', file(11)],
      exclude: ['Trash', 'file', file(14)],
      look: ['false', 'file', file(13)],
      memory: ['128M', 'default', undefined],
      destination: ['imap://new.example:1143', 'file', file(6)],
      'source-login': ['', 'default', undefined],
      'source-oauth': ['google', 'flag', undefined],
      'source-profile': ['gmail', 'profile', 'gmail'],
      'source-budget': ['2.0 GB a day', 'profile', 'gmail'],
    });
    expect(await shown('--source', 'branch')).toMatchObject({ 'source-authzid': ['false', 'file', file(9)] });
  });

  it('never a secret, and runs no command for it', async () => {
    await writes('[notify]\nwebhook-command = "touch ran"\nwhen = ["ended"]\n');
    const rows = await shown();
    expect(rows).toMatchObject({
      'notify webhook-command': ['touch ran', 'file', file(2)],
      'notify-when': ['ended', 'file', file(3)],
      'notify-url': ['', 'default', undefined],
    });
    expect(await shown('--notify-url', 'https://hook.example/hunter2')).toMatchObject({
      'notify-url': ['(a secret)', 'flag', undefined],
    });
    expect(await readdir(operator.dir)).not.toContain('ran');
    expect(await operator.clears().runs('config', 'show')).toBe(0);
    expect(operator.out.lines[0]).toMatch(/^OPTION +VALUE +FROM$/);
  });

  it('works where there is no configuration', async () => {
    expect(await shown()).toMatchObject({
      concurrency: ['20', 'default', undefined],
      source: ['', 'default', undefined],
    });
  });
});
