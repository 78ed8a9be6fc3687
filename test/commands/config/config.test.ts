import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TEMPLATE } from '../../../src/commands/config/template.js';
import { configSchema } from '../../../src/commands/input/config/config-schema.js';
import { AnOperator } from '../an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(() => operator.goesHome());

/** The operator's file, closed to other writers. */
async function writes(text: string, mode = 0o600): Promise<string> {
  const path = await operator.writes('nightferry.toml', text);
  await chmod(path, mode);
  return path;
}
/** The lines of `config check`, without the path of the file. */
async function faults(text: string): Promise<readonly string[]> {
  const path = await writes(text);
  expect(await operator.clears().runs('config', 'check')).toBe(2);
  return operator.err.lines.map((line) => line.replace(`nightferry: ${path}:`, ''));
}

describe('config check', () => {
  it('names every fault by line and column, in the order of the file, and repeats no value', async () => {
    const said = await faults(`[source]
url = "imaps://ann:hunter2@old.example"
oauth = "nobody"
token-command = "x"
budget = { down = "2000x", up = "5MB/day" }
password = "hunter2"

[server.old]
ca = "x"

[oauth.google]
service-account = "key.json"
tenant = "x"

[oauth.m365]
tenant = "../"
client-secret = "hunter2"

[oauth."a b"]
service-account = 3

[batch]
concurrency = 200
stagger = "90-60"
include = ["a", 3,
  ""]
map = ["a=b", "a=c"]
look = "yes"
window = "always"

[notify]
webhook = "https://hook.example/hunter2"
when = ["sometimes"]

[sorce]
`);
    expect(said.map((line) => line.replace(/(: .{0,60}).*/, '$1'))).toMatchInlineSnapshot(`
      [
        "2:1: [source] url: a password in the URL is refused, ps shows it ",
        "3:1: [source] oauth: there is no table [oauth.NAME] of this name",
        "4:1: [source] token-command: give one of oauth, password-command,",
        "5:12: [source.budget] down: a budget is expected, like 2000MB/day,",
        "6:1: [source] password: a secret does not stand in this file: say",
        "8:9: [server.old]: "url" is missing",
        "13:1: [oauth.google] tenant: means nothing with flow "google"",
        "15:8: [oauth.m365]: "client-id" is missing",
        "15:8: [oauth.m365]: give one of "secret-file", "secret-command", "",
        "16:1: [oauth.m365] tenant: a tenant ID or a domain is expected",
        "17:1: [oauth.m365] client-secret: a secret does not stand in this ",
        "19:8: [oauth.a b]: a name of letters, digits, . _ - is expected",
        "23:1: [batch] concurrency: a number from 1 to 100 is expected",
        "24:1: [batch] stagger: the range 90-60 runs backwards",
        "25:17: [batch] include: a text is expected",
        "26:3: [batch] include: a folder name is expected",
        "27:1: [batch] map: the folder "a" is mapped twice",
        "28:1: [batch] look: true or false is expected",
        "29:1: [batch] window: hours of the day are expected, like 20:00-06",
        "32:1: [notify] webhook: a secret does not stand in this file: say ",
        "33:9: [notify] when: one of ended, needs-you, server-left-alone, s",
        "35:2: [sorce]: is not known here",
      ]
    `);
    expect(said.join()).not.toContain('hunter2');
  });

  it('takes one place for the password of notices by mail', async () => {
    expect(
      await faults(`[notify.mail]
to = "ops@x.example"
server = "smtps://mail.example"
password-file = "a"
password-env = "B"
`),
    ).toEqual([
      '5:1: [notify.mail] password-env: give one of password-file, password-command, password-env, not more than one',
    ]);
  });

  it('says where it is no TOML, without repeating the line', async () => {
    expect(await faults('[oauth.m365]\nclient-id hunter2\n')).toEqual([
      '2:11: Invalid TOML document: illegal character in key',
    ]);
  });

  it('looks at the files that it names', async () => {
    await operator.writes('open', 'hunter2\n');
    await chmod(join(operator.dir, 'open'), 0o644);
    expect(
      await faults(`[source]
ca = "gone.pem"
[oauth.a]
tenant = "t"
client-id = "c"
secret-file = "open"
[oauth.b]
flow = "device"
tenant = "t"
client-id = "c"
refresh-token-file = "b.token"
[notify]
webhook-file = "open"
`),
    ).toEqual([
      '2:1: [source] ca: gone.pem cannot be read (ENOENT)',
      `3:8: [oauth.a]: secret-file ${operator.dir}/open: is open to other users; close it with: chmod 600 ${operator.dir}/open`,
      `7:8: [oauth.b]: refresh-token-file ${operator.dir}/b.token: is not there yet; sign in first: nightferry login b`,
      `13:1: [notify] webhook-file ${operator.dir}/open: is open to other users; close it with: chmod 600 ${operator.dir}/open`,
    ]);
    expect(
      await faults(`[server.old]
url = "imaps://old.example"
password-file = "open"
[notify]
mail = { to = "ops@x.example", server = "smtps://mail.example", password-file = "gone" }
`),
    ).toEqual([
      `3:1: [server.old] password-file ${operator.dir}/open: is open to other users; close it with: chmod 600 ${operator.dir}/open`,
      `5:65: [notify.mail] password-file ${operator.dir}/gone: cannot be read (ENOENT)`,
    ]);
  });

  it.each([
    [0o622, 'may be written by other users; close it with: chmod go-w'],
    [0o660, 'may be written by other users'],
  ])('refuses a file that others may write (%o)', async (mode, why) => {
    const path = await writes('', mode);
    expect(await operator.runs('config', 'check')).toBe(2);
    expect(operator.err.text).toContain(`configuration ${path}: ${why}`);
  });

  it('takes the file of this folder before that of the home folder, and --config before both', async () => {
    const other = await operator.writes('other.toml', '');
    const said = async (...argv: string[]) => {
      await operator.clears().runs('config', 'check', ...argv);
      return operator.out.text.split(': ')[0];
    };
    await mkdir(join(operator.dir, '.config/nightferry'), { recursive: true });
    const home = join(operator.dir, '.config/nightferry/nightferry.toml');
    await writeFile(home, '');
    expect(await said()).toBe(home);
    const here = await writes('');
    expect(await said()).toBe(here);
    expect(await said('--config', 'other.toml')).toBe(other);
    operator.env.XDG_CONFIG_HOME = join(operator.dir, 'xdg');
    await rm(here);
    expect(await operator.clears().runs('config', 'check')).toBe(2);
    expect(operator.err.text).toContain(`there is no configuration at ${here} or ${operator.dir}/xdg/nightferry/`);
  });
});

describe('config init', () => {
  it('writes a file that passes the check, and never over one that is there', async () => {
    expect(await operator.runs('config', 'init')).toBe(0);
    const path = join(operator.dir, 'nightferry.toml');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await operator.runs('config', 'check')).toBe(0);
    await writeFile(path, '# mine\n');
    expect(await operator.clears().runs('config', 'init')).toBe(2);
    expect(operator.err.lines).toEqual([`nightferry: ${path} is there already, and stays as it is`]);
    expect(await readFile(path, 'utf8')).toBe('# mine\n');
  });

  it('explains every key', () => {
    const keys = (schema: z.core.JSONSchema.BaseSchema): readonly string[] =>
      Object.entries(schema.properties ?? {}).flatMap(([key, inner]) =>
        typeof inner === 'boolean' ? [] : [key, ...keys(inner), ...below(inner.additionalProperties)],
      );
    const below = (inner: unknown) => (typeof inner === 'object' ? keys(inner as z.core.JSONSchema.BaseSchema) : []);
    const all = new Set(keys(z.toJSONSchema(configSchema, { io: 'input' })));
    expect(all.size).toBeGreaterThan(40);
    expect([...all].filter((key) => !new RegExp(`^#.*\\b${key}\\b`, 'm').test(TEMPLATE))).toEqual([]);
  });

  it('is TOML where the signs are taken away', () => {
    const bare = TEMPLATE.replace(/^#(?=[[a-z])/gm, '');
    expect(Object.keys(parse(bare))).toEqual(['source', 'destination', 'server', 'oauth', 'batch', 'notify']);
  });
});
