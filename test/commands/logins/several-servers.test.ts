import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineParts } from '../../../src/engine/running-engine.js';
import type { Side } from '../../../src/words/side.js';
import { AnOperator } from '../an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(() => operator.goesHome());

/** Ann is at the server of the options, Ben and Bob at b, Cy and Cleo at c, Dan at a server that is named by its URL. */
const PLAN = `EmailAddress,UserName,Password,Source
ann@x,ann,,
ben@x,ben,,b
bob@x,bob,,b
cy@x,cy,,c
cleo@x,cleo,,c
dan@x,dan,,imaps://d.example
`;
const SIDES = `[source]
url = "imaps://a.example"
password-command = "A {user}"
[destination]
url = "imaps://x.example"
password-env = "X_PASSWORD"
`;

async function writes(name: string, text: string, mode = 0o600): Promise<void> {
  await chmod(await operator.writes(name, text), mode);
}

/** A program that prints which it is and for whom, and what it sees of the environment. */
async function getter(name: string): Promise<string> {
  await writes(name, `#!/bin/sh\necho "${name} for $1$X_PASSWORD$B_PASSWORD"\n`, 0o700);
  return join(operator.dir, name);
}

async function configured(servers: string, sides = SIDES): Promise<void> {
  await writes('nightferry.toml', `${sides.replace('"A {user}"', `"${await getter('A')} {user}"`)}${servers}`);
}

async function partsOf(...argv: string[]): Promise<EngineParts> {
  const code = await operator.runs(...argv);
  return operator.started.at(-1) ?? expect.unreachable(`exit ${code}: ${operator.err.text}`);
}

async function all(parts: EngineParts, side: Side): Promise<Record<string, string>> {
  const { credentials, batch } = parts;
  const entries = batch.mailboxes.map(async (row) => {
    const given = await credentials.get(side, row, false).catch((error: Error) => error.message);
    const text =
      typeof given === 'string'
        ? `none: ${given}`
        : (given.kind === 'password' ? given.password : given.token).reveal();
    return [row.sourceUser, `${text}${credentials.shared(side, row) ? ' (shared)' : ''}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const RUN = ['run', 'plan.csv', '--name', 'n'];

describe('servers of one batch', () => {
  it('have credentials each of their own: by command, file and variable, and none is sent to another', async () => {
    await operator.writes('plan.csv', PLAN);
    await writes('c.secret', 'of-c\n');
    await configured(
      `[server.b]\nurl = "imaps://b.example"\npassword-env = "B_PASSWORD"\n[server.c]\nurl = "imaps://c.example"\npassword-file = "c.secret"\n`,
    );
    Object.assign(operator.env, { X_PASSWORD: 'of-x', B_PASSWORD: 'of-b', NIGHTFERRY_SOURCE_PASSWORD: 'of-nobody' });
    const parts = await partsOf(...RUN);
    expect(await all(parts, 'source')).toEqual({
      ...{ ann: 'A for ann', ben: 'of-b (shared)', bob: 'of-b (shared)' },
      ...{ cy: 'of-c (shared)', cleo: 'of-c (shared)', dan: 'A for dan' },
    });
    expect(new Set(Object.values(await all(parts, 'destination')))).toEqual(new Set(['of-x (shared)']));
    expect(Object.keys(operator.env).filter((name) => name.endsWith('PASSWORD'))).toEqual([]);
    const stored = await readFile(join(operator.state, 'n/batch.json'), 'utf8');
    expect(stored).not.toMatch(/of-[abcx]/);
    expect(
      operator.out.text + operator.err.text + inspect(parts.credentials, { depth: 9, showHidden: true }),
    ).not.toMatch(/of-[abcx]/);
  });

  it('go on with them at resume, where a command that is given now counts for servers without another of their own', async () => {
    await operator.writes('plan.csv', PLAN);
    await writes('c.secret', 'of-c\n');
    await configured(
      `[server.b]\nurl = "imaps://b.example"\npassword-env = "B_PASSWORD"\n[server.c]\nurl = "imaps://c.example"\npassword-file = "c.secret"\n`,
    );
    const env = { X_PASSWORD: 'of-x', B_PASSWORD: 'of-b' };
    Object.assign(operator.env, env);
    await partsOf(...RUN);
    Object.assign(operator.env, env);
    const parts = await partsOf('resume', 'n', '--source-password-command', `${await getter('new')} {user}`);
    expect(await all(parts, 'source')).toEqual({
      ...{ ann: 'new for ann', ben: 'of-b (shared)', bob: 'of-b (shared)' },
      ...{ cy: 'of-c (shared)', cleo: 'of-c (shared)', dan: 'new for dan' },
    });
    expect(await operator.clears().runs('resume', 'n')).toBe(2);
    expect(operator.err.lines).toEqual(['nightferry: [server.b] password-env: the variable B_PASSWORD is not set']);
  });

  it('without a place of secrets get none of another server, and the row is named', async () => {
    await operator.writes('plan.csv', PLAN);
    operator.env.X_PASSWORD = 'of-x';
    operator.env.NIGHTFERRY_SOURCE_PASSWORD = 'of-nobody';
    const bare = `[server.b]\nurl = "imaps://b.example"\nlogin = "{user}*boss"\n[server.c]\nurl = "imaps://c.example"\n`;
    await configured(bare);
    expect(await operator.runs(...RUN)).toBe(2);
    expect(operator.err.lines).toEqual([
      'nightferry: plan.csv, row 3 (ben@x): no source password at b; give column "Password", or one of oauth, password-command, password-file, password-env, token-command in [server.b]',
    ]);
    // Typed, or in a table that is about no server, it is for all of them.
    operator.env.X_PASSWORD = 'of-x';
    const typed = await partsOf(...RUN, '--source-password-command', `${await getter('typed')} {user}`);
    expect((await all(typed, 'source')).cy).toBe('typed for cy');
    operator.env.X_PASSWORD = 'of-x';
    await configured(bare, SIDES.replace('url = "imaps://a.example"\n', ''));
    const argv = ['run', 'plan.csv', '--name', 'm', '--source', 'imaps://a.example'];
    expect((await all(await partsOf(...argv), 'source')).cy).toBe('A for cy');
  });

  it('are asked about one after the other where one login serves all mailboxes of a server', async () => {
    await operator.writes('plan.csv', PLAN);
    operator.env.X_PASSWORD = 'of-x';
    operator.types = ['typed-b', 'typed-c'];
    await configured(
      `[server.b]\nurl = "imaps://b.example"\nlogin = "{user}*boss"\n[server.c]\nurl = "imaps://root@c.example"\nauthzid = true\n`,
    );
    const parts = await partsOf(...RUN);
    expect(operator.questions).toEqual([
      'Password of {user}*boss at imaps://b.example:993 (source): ',
      'Password of root at imaps://c.example:993 (source): ',
    ]);
    expect(await all(parts, 'source')).toMatchObject({ bob: 'typed-b (shared)', cleo: 'typed-c (shared)' });
  });

  it('name the server whose command fails, and one whose file is open to others before anything starts', async () => {
    await operator.writes('plan.csv', PLAN);
    operator.env.X_PASSWORD = 'of-x';
    await writes('c.secret', 'of-c\n', 0o644);
    await configured(
      `[server.b]\nurl = "imaps://b.example"\npassword-command = "false"\n[server.c]\nurl = "imaps://c.example"\npassword-file = "c.secret"\n`,
    );
    const path = join(operator.dir, 'c.secret');
    expect(await operator.runs(...RUN)).toBe(2);
    expect(operator.err.lines).toEqual([
      `nightferry: [server.c] password-file ${path}: is open to other users; close it with: chmod 600 ${path}`,
    ]);
    await chmod(path, 0o600);
    operator.env.X_PASSWORD = 'of-x';
    const given = await all(await partsOf(...RUN), 'source');
    expect(given.ben).toMatch(/^none: \[server\.b\] password-command for ben@x ended with exit code 1/);
    await writes('c.secret', 'mended\n');
    expect((await all(operator.started.at(-1)!, 'source')).cy).toBe('mended (shared)');
  });
});
