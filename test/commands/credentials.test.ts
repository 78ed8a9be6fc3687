import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCredentialCommand } from '../../src/commands/input/credentials/credential-command.js';
import { CredentialMissing, type Credentials } from '../../src/engine/imap/session/credentials.js';
import type { EngineParts } from '../../src/engine/running-engine.js';
import type { Side } from '../../src/words/side.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(() => operator.goesHome());

const SERVERS = ['--source', 'imaps://old.example', '--destination', 'imaps://new.example'];
const MOVE = ['move', 'imaps://ann@old.example', 'imaps://ann@new.example'];
const NO_PASSWORDS = 'EmailAddress,UserName\nann@x,ann\nbob@x,bob\n';

/** A program that counts its runs in a file and prints what the shell text in `body` says. */
async function program(name: string, body: string): Promise<string> {
  const path = await operator.writes(name, `#!/bin/sh\necho run >> ${join(operator.dir, `${name}.runs`)}\n${body}\n`);
  await chmod(path, 0o700);
  return path;
}

const runsOf = async (name: string) =>
  (await readFile(join(operator.dir, `${name}.runs`), 'utf8')).split('\n').length - 1;

/** Runs a command to where the engine is started, and hands over what it was given. */
async function partsOf(...argv: string[]): Promise<EngineParts> {
  const code = await operator.runs(...argv);
  const parts = operator.started.at(-1);
  if (!parts) throw new Error(`exit ${code}: ${operator.err.text}`);
  return parts;
}

async function secretOf({ credentials, batch }: EngineParts, side: Side, index = 0, renew = false): Promise<string> {
  const row = batch.mailboxes[index];
  if (!row) throw new Error('no such row');
  const given = await credentials.get(side, row, renew);
  return given.kind === 'password' ? given.password.reveal() : `token ${given.token.reveal()}`;
}

function sharedBy({ credentials, batch }: EngineParts, side: Side): boolean {
  return credentials.shared(side, batch.mailboxes[0]!);
}

describe('where a password comes from', () => {
  it('the environment serves a single mailbox, and no child process can see it', async () => {
    Object.assign(operator.env, { NIGHTFERRY_SOURCE_PASSWORD: 's', NIGHTFERRY_DESTINATION_PASSWORD: 'd' });
    const parts = await partsOf(...MOVE);
    expect([await secretOf(parts, 'source'), await secretOf(parts, 'destination')]).toEqual(['s', 'd']);
    expect(Object.keys(operator.env)).not.toContain('NIGHTFERRY_SOURCE_PASSWORD');
    expect(Object.keys(operator.env)).not.toContain('NIGHTFERRY_DESTINATION_PASSWORD');
    expect(sharedBy(parts, 'source')).toBe(false);
  });

  it('a hidden prompt asks for what is missing, naming user, server and side', async () => {
    operator.env.NIGHTFERRY_SOURCE_PASSWORD = 's';
    operator.types = ['typed'];
    expect(await secretOf(await partsOf(...MOVE), 'destination')).toBe('typed');
    expect(operator.questions).toEqual(['Password of ann at imaps://new.example:993 (destination): ']);
  });

  it('a row comes first, then a command, then the environment', async () => {
    await operator.writes('plan.csv', 'EmailAddress,UserName,Password\nann@x,ann,row\nbob@x,bob,\n');
    const command = await program('get', 'echo "for $1"');
    operator.env.NIGHTFERRY_SOURCE_PASSWORD = 'env';
    const parts = await partsOf(
      'run',
      'plan.csv',
      ...SERVERS,
      '--source-password-command',
      `${command} {email}`,
      '--destination-password-command',
      `${command} {user}`,
    );
    expect([await secretOf(parts, 'source', 0), await secretOf(parts, 'source', 1)]).toEqual(['row', 'for bob@x']);
  });

  it('one admin password serves many mailboxes with a login template or authzid, and is known to be shared', async () => {
    await operator.writes('plan.csv', NO_PASSWORDS);
    Object.assign(operator.env, { NIGHTFERRY_SOURCE_PASSWORD: 's', NIGHTFERRY_DESTINATION_PASSWORD: 'd' });
    const servers = ['--source', 'imaps://old.example', '--destination', 'imaps://boss@new.example'];
    const parts = await partsOf(
      'run',
      'plan.csv',
      ...servers,
      '--source-login',
      '{user}*admin',
      '--destination-authzid',
    );
    expect([await secretOf(parts, 'source', 1), await secretOf(parts, 'destination', 0)]).toEqual(['s', 'd']);
    expect([sharedBy(parts, 'source'), sharedBy(parts, 'destination')]).toEqual([true, true]);
    expect(parts.batch.destination).toMatchObject({ user: 'boss', authzid: true });
  });

  it('a shared credential is told from one for each mailbox by its command', async () => {
    await operator.writes('plan.csv', NO_PASSWORDS);
    const [own, shared] = ['get {email}', 'get admin'];
    const parts = await partsOf(
      'run',
      'plan.csv',
      ...SERVERS,
      '--source-password-command',
      own,
      '--destination-password-command',
      shared,
    );
    expect([sharedBy(parts, 'source'), sharedBy(parts, 'destination')]).toEqual([false, true]);
  });

  it('no password reaches the disk or a printed object', async () => {
    await operator.writes(
      'plan.csv',
      'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,hunter2,hunter3\n',
    );
    const parts = await partsOf('run', 'plan.csv', ...SERVERS, '--name', 'b');
    const files = (await operator.stored()).filter((name) => name.endsWith('.json'));
    expect(files).toContain('b/batch.json');
    for (const file of files) expect(await readFile(join(operator.state, file), 'utf8')).not.toMatch(/hunter/);
    expect(inspect(parts.credentials, { depth: 9, showHidden: true })).not.toMatch(/hunter/);
    expect(operator.out.text + operator.err.text).not.toMatch(/hunter/);
  });
});

describe('a password or token command', () => {
  const withSource = async (flag: string, text: string): Promise<EngineParts> => {
    operator.env.NIGHTFERRY_DESTINATION_PASSWORD = 'd';
    return partsOf(...MOVE.map((one) => one.replace('ann@new', "o'neil; rm -rf %24HOME@new")), flag, text);
  };

  it('gets a mailbox as one argument, never as shell text, and gives its first line', async () => {
    const command = await program('get', 'printf "%s\\n" "$#:$1:$NIGHTFERRY_DESTINATION_PASSWORD"; echo second');
    const parts = await withSource('--source-password-command', `${command} 'x={email}'`);
    expect(await secretOf(parts, 'source')).toBe("1:x=o'neil; rm -rf $HOME:");
  });

  it('is run once for a token, and again when the server refused it', async () => {
    const command = await program('token', `wc -l < ${join(operator.dir, 'token.runs')} | tr -d ' '`);
    const parts = await withSource('--source-token-command', `${command} {user}`);
    const both = await Promise.all([secretOf(parts, 'source'), secretOf(parts, 'source')]);
    expect([...both, await secretOf(parts, 'source')]).toEqual(['token 1', 'token 1', 'token 1']);
    const renewed = await Promise.all([secretOf(parts, 'source', 0, true), secretOf(parts, 'source', 0, true)]);
    expect(renewed).toEqual(['token 2', 'token 2']);
    expect(await secretOf(parts, 'source')).toBe('token 2');
    expect(await runsOf('token')).toBe(2);
  });

  it.each([
    ['fails', 'echo hunter2; echo hunter3 >&2; exit 3', /ended with exit code 3; run it by hand/],
    ['is killed', 'kill -9 $$', /ended with SIGKILL/],
    ['prints nothing', 'exit 0', /printed nothing on its first line/],
    ['begins with an empty line', 'echo; echo hunter2', /printed nothing/],
    ['prints without end', 'head -c 200000 /dev/zero | tr "\\0" x', /too long for a password/],
  ])('that %s is a missing credential, with nothing of what it wrote', async (_, body, why) => {
    const parts = await withSource('--source-password-command', await program('get', body));
    const error = await secretOf(parts, 'source').catch((one: unknown) => one);
    expect(error).toBeInstanceOf(CredentialMissing);
    expect((error as CredentialMissing).side).toBe('source');
    expect((error as Error).message).toMatch(why);
    expect((error as Error).message).not.toMatch(/hunter/);
  });

  it('that is not there is named, and tried again the next time', async () => {
    const path = join(operator.dir, 'late');
    const parts = await withSource('--source-password-command', path);
    await expect(secretOf(parts, 'source')).rejects.toThrow(/cannot be started \(ENOENT\)/);
    await writeFile(path, '#!/bin/sh\necho now\n', { mode: 0o700 });
    expect(await secretOf(parts, 'source')).toBe('now');
  });

  it('is not given a mailbox whose name would be an option', async () => {
    const parts = await withSource('--source-password-command', 'true {user}');
    const row = { ...parts.batch.mailboxes[0], sourceUser: '--help' } as Parameters<Credentials['get']>[1];
    await expect(parts.credentials.get('source', row, false)).rejects.toThrow(/begins with a dash/);
  });

  it('is ended with everything it started when it gives no answer in time', async () => {
    const command = await program('hang', `sleep 60 & echo $! > ${join(operator.dir, 'child')}; wait`);
    let ring: () => void = () => undefined;
    const clock = {
      now: () => 0,
      monotonic: () => 0,
      sleep: () =>
        new Promise<void>((resolve) => {
          ring = resolve;
        }),
    };
    const asked = runCredentialCommand([command], 'source', 'the command', { clock, env: process.env });
    const child = () => readFile(join(operator.dir, 'child'), 'utf8').catch(() => '');
    await expect.poll(child).toMatch(/\d\n/);
    ring();
    await expect(asked).rejects.toThrow('the command gave no answer in 30 s');
    const pid = Number(await child());
    // Dead, or a zombie that nobody has collected yet.
    const alive = async () =>
      (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ' Z ')).includes(') Z') === false && isThere(pid);
    await expect.poll(alive).toBe(false);
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
