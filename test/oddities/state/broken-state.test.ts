import { access, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ErrorGroupEntity } from '../../../src/protocol/answers.js';
import type { Status } from '../../../src/protocol/entities.js';
import { Workspace } from '../../../src/store/batch/workspace.js';
import { afterTheNight } from '../../commands/a-night.js';
import { AnOperator } from '../../commands/an-operator.js';

/** A batch of ann, bob and eve that ended with 9 errors. */
async function aBatchAtRest(): Promise<{ operator: AnOperator; folder: (id: string) => string; dir: string }> {
  const operator = await AnOperator.atWork();
  onTestFinished(() => operator.goesHome());
  await afterTheNight(operator);
  const store = await new Workspace(operator.state).open('school');
  const ids = new Map(store.batch.mailboxes.map(({ email, id }) => [email.split('@')[0], id]));
  return { operator, dir: store.dir, folder: (name) => join(store.dir, 'mailboxes', ids.get(name) ?? '') };
}

/** One line each, and none that only a programmer understands. */
function isPlain(text: string): void {
  expect(text).not.toMatch(/a bug|\n {4}at |node:internal|undefined|Error:/);
}

describe('a mailbox whose documents cannot be read', () => {
  const damages: readonly [string, (folder: string) => Promise<void>, RegExp][] = [
    [
      'half a document',
      async (folder) => {
        await writeFile(join(folder, 'mailbox.json'), '{"version":1,"id"');
        await rm(join(folder, 'mailbox.prev.json'), { force: true });
      },
      /mailbox\.json cannot be used \(it is not whole JSON\)/,
    ],
    [
      'of a newer version',
      (folder) => writeFile(join(folder, 'mailbox.json'), '{"version":999}'),
      /mailbox\.json was written by a newer version .*use that one/,
    ],
    [
      'a folder',
      async (folder) => {
        await rm(join(folder, 'mailbox.json'));
        await mkdir(join(folder, 'mailbox.json'));
      },
      /mailbox\.json: a folder stands where a file belongs \(EISDIR\)\. Move it away/,
    ],
    [
      'a link to itself',
      async (folder) => {
        await rm(join(folder, 'mailbox.json'));
        await symlink('mailbox.json', join(folder, 'mailbox.json'));
      },
      /mailbox\.json: its links lead in a circle/,
    ],
    [
      'a file for its folder',
      async (folder) => {
        await rm(folder, { recursive: true });
        await writeFile(folder, '');
      },
      /mailbox\.json: a file stands where its folder belongs/,
    ],
  ];

  it.each(damages)('(%s) is held alone in `status`, and the others are shown', async (_, damage, why) => {
    const { operator, folder } = await aBatchAtRest();
    await damage(folder('ann'));
    expect(await operator.runs('status', 'school', '--json')).toBe(0);
    const { mailboxes, batch } = JSON.parse(operator.out.text) as Status;
    expect(mailboxes.map(({ email, state }) => [email, state.kind])).toEqual([
      ['ann@x', 'held'],
      ['bob@x', 'incomplete'],
      ['eve@x', 'synced'],
    ]);
    const [{ state }] = mailboxes as [Status['mailboxes'][number]];
    expect(state).toMatchObject({
      because: { key: 'file', text: expect.stringMatching(why) },
      asksKey: 'mend and start',
    });
    expect(batch.state).toBe('stopped');
    isPlain(operator.err.text);
    expect(await operator.clears().runs('status', 'school')).toBe(0);
    expect(operator.out.text).toMatch(why);
  });

  it.each(damages)('(%s) is named in `errors`, which lists those of the others', async (_, damage, why) => {
    const { operator, folder } = await aBatchAtRest();
    await damage(folder('ann'));
    for (const format of ['--json', '--csv']) {
      expect(await operator.clears().runs('errors', 'school', format)).toBe(0);
      expect(operator.out.text).toContain('mailbox.json');
      expect(operator.out.text).toContain('TOOBIG');
      expect(operator.out.text).not.toContain('OVERQUOTA');
      expect(operator.err.lines).toEqual([expect.stringMatching(/^note: what failed in ann@x before is not known\. /)]);
      expect(operator.err.text).toMatch(why);
    }
  });

  it('is not decided about, and not written, while the others are', async () => {
    const { operator, folder } = await aBatchAtRest();
    const file = join(folder('ann'), 'mailbox.json');
    await writeFile(file, 'gone');
    await writeFile(join(folder('ann'), 'mailbox.prev.json'), 'gone too');
    expect(await operator.runs('skip', 'school', '--code', 'TOOBIG', '--why', 'too big')).toBe(0);
    expect(await operator.clears().runs('skip', 'school', '--code', 'OVERQUOTA', '--why', 'full')).toBe(0);
    expect(operator.out.text).toContain('nothing');
    isPlain(operator.err.text);
    expect(await readFile(file, 'utf8')).toBe('gone');
  });
});

describe('the document of causes', () => {
  it.each<[string, (path: string) => Promise<unknown>]>([
    ['deleted', (path) => rm(path)],
    ['damaged', (path) => writeFile(path, '{"version":1,"causes":{')],
    ['of another shape', (path) => writeFile(path, '{"version":1,"causes":{"x":1}}')],
  ])('%s is no reason to list less, and it is said once', async (_, damage) => {
    const { operator, dir } = await aBatchAtRest();
    await damage(join(dir, 'causes.json'));
    await rm(join(dir, 'causes.prev.json'), { force: true });
    expect(await operator.runs('errors', 'school', '--json')).toBe(0);
    const { groups } = JSON.parse(operator.out.text) as { groups: ErrorGroupEntity[] };
    const uids = groups.flatMap(({ entries }) => entries.map((entry) => `${entry.folder} ${entry.uids}`));
    expect(uids).toEqual(expect.arrayContaining(['INBOX 11:15', 'Sent 3:4', 'INBOX 12']));
    expect(operator.err.lines.filter((line) => line.includes('every cause that its'))).toHaveLength(1);
    isPlain(operator.err.text);
  });

  it('is made again of the log, with the words of the servers', async () => {
    const { operator, dir } = await aBatchAtRest();
    const known = JSON.parse(await readFile(join(dir, 'causes.json'), 'utf8')) as {
      causes: Record<string, { side: string; command: string; sample: string; verdict: object }>;
    };
    const events = Object.values(known.causes).map(({ side, command, sample, verdict }) =>
      JSON.stringify({ type: 'failure', side, command, response: sample, verdict: { ...verdict, waitSeconds: 5 } }),
    );
    await writeFile(join(dir, 'events.1.jsonl'), `${events.join('\n')}\n{"type":"failure","response":"cut o`);
    await operator.runs('errors', 'school', '--json');
    const before = operator.out.text;
    await rm(join(dir, 'causes.json'));
    await rm(join(dir, 'causes.prev.json'), { force: true });
    expect(await operator.clears().runs('errors', 'school', '--json')).toBe(0);
    expect(operator.out.text).toBe(before);
    expect(operator.err.text).toMatch(/taken from events\.jsonl$/m);
    expect(operator.err.text).not.toContain('no longer known');
  });
});

describe('the lock of an engine', () => {
  it.each<[string, (path: string) => Promise<unknown>]>([
    ['a link that leads nowhere', (path) => symlink('/nowhere/engine.lock', path)],
    ['a folder', (path) => mkdir(path)],
    ['garbage', (path) => writeFile(path, '\0\0garbage')],
    ['of another container', (path) => writeFile(path, foreign())],
  ])('that is %s: `resume` says who and how to go on, and --take-over does', async (_, leave) => {
    const { operator, dir } = await aBatchAtRest();
    const lock = join(dir, 'engine.lock');
    await leave(lock);
    operator.work = (engine) => engine.end(0);
    expect(await operator.runs('resume', 'school', '--plan', 'school.csv')).toBe(2);
    expect(operator.err.lines).toHaveLength(1);
    expect(operator.err.text).toContain(lock);
    expect(operator.err.text).toContain('nightferry resume school --take-over');
    isPlain(operator.err.text);
    expect(await operator.clears().runs('resume', 'school', '--plan', 'school.csv', '--take-over')).toBe(0);
    await expect(access(lock)).rejects.toThrow('ENOENT');
  });

  it('of a process of this machine is not taken over', async () => {
    const { operator, dir } = await aBatchAtRest();
    const lock = await new Workspace(operator.state).open('school').then((s) => s.lockEngine({ socketPath: null }));
    expect(await operator.runs('resume', 'school', '--plan', 'school.csv', '--take-over')).toBe(2);
    expect(operator.err.text).toMatch(/run by process \d+ on this machine: stop it first/);
    await expect(access(join(dir, 'engine.lock'))).resolves.toBeUndefined();
    await lock.release();
  });

  it('of a container that is gone goes with its locks on destination mailboxes', async () => {
    const { operator, dir } = await aBatchAtRest();
    const workspace = new Workspace(operator.state);
    const mine = await workspace.lockDestination('ann at new.example:993');
    await (await workspace.lockDestination('bob at new.example:993')).release();
    const locks = join(operator.state, '.locks');
    await writeFile(join(locks, 'b'.repeat(24)), foreign());
    await writeFile(join(dir, 'engine.lock'), foreign());
    operator.work = (engine) => engine.end(0);
    expect(await operator.runs('resume', 'school', '--plan', 'school.csv', '--take-over')).toBe(0);
    await expect(access(join(locks, 'b'.repeat(24)))).rejects.toThrow('ENOENT');
    await expect(workspace.lockDestination('ann at new.example:993')).rejects.toThrow('one at a time');
    await mine.release();
  });
});

function foreign(): string {
  const holder = { pid: 1, startTime: '9', bootId: 'b', host: 'a1b2c3', nonce: 'n-1', socketPath: '/run/x', since: 1 };
  return JSON.stringify({ version: 1, ...holder });
}

describe('a previous version', () => {
  it('that had to be used is said once, where somebody looks', async () => {
    const { operator, folder } = await aBatchAtRest();
    const file = join(folder('ann'), 'mailbox.json');
    await rename(file, join(folder('ann'), 'mailbox.prev.json'));
    await writeFile(file, '');
    expect(await operator.runs('status', 'school')).toBe(0);
    expect(operator.err.lines).toEqual([
      expect.stringMatching(
        /^note: The mailbox document .* cannot be used \(it is empty\)\. Its previous version is used/,
      ),
    ]);
    expect(operator.out.text).toContain('destination full');
  });
});

describe('decisions that were lost', () => {
  it.each<[string, (path: string) => Promise<unknown>]>([
    ['deleted', (path) => rm(path)],
    ['an older copy', (path) => writeFile(path, '{"version":1,"decisions":[],"corrections":[],"looked":null}')],
  ])('(%s) are told of in one line, and what is decided next counts', async (_, lose) => {
    const { operator, dir, folder } = await aBatchAtRest();
    // ann has followed decision 3.
    const file = join(folder('ann'), 'mailbox.json');
    await writeFile(join(dir, 'decisions.json'), '{"version":1,"decisions":[],"corrections":[],"looked":null}');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/"decided":0/, '"decided":3'));
    await lose(join(dir, 'decisions.json'));
    expect(await operator.runs('errors', 'school')).toBe(0);
    const lost = operator.err.lines.filter((line) => line.includes('have followed decision 3'));
    expect(lost).toEqual([expect.stringMatching(/^note: .*decisions\.json .* are tried again/)]);
    expect(await operator.clears().runs('skip', 'school', '--code', 'OVERQUOTA', '--why', 'full')).toBe(0);
    expect(await operator.clears().runs('decisions', 'school', '--json')).toBe(0);
    expect(JSON.parse(operator.out.text)).toMatchObject({ decisions: [{ id: 4 }] });
    expect(await operator.clears().runs('errors', 'school')).toBe(0);
    expect(operator.out.text).not.toContain('OVERQUOTA');
    expect(operator.err.text).toBe('');
  });
});

describe('a batch that cannot be read', () => {
  const damages: readonly [string, (file: string) => Promise<unknown>, RegExp][] = [
    ['half a plan', (file) => writeFile(file, '{'), /cannot be used \(it is not whole JSON\)/],
    ['of a newer version', (file) => writeFile(file, '{"version":99}'), /written by a newer version/],
    ['a folder for its plan', (file) => rm(file).then(() => mkdir(file)), /a folder stands where a file belongs/],
    ['a link for its plan', (file) => rm(file).then(() => symlink('batch.json', file)), /links lead in a circle/],
  ];

  it.each(damages)('(%s) is told of, hides no other, and can be deleted', async (_, damage, why) => {
    const { operator, dir } = await aBatchAtRest();
    expect(await operator.runs('run', 'school.csv', ...SERVERS, '--name', 'second')).toBe(3);
    await damage(join(dir, 'batch.json'));
    for (const command of ['status', 'errors', 'resume', 'decisions', 'stop']) {
      expect(await operator.clears().runs(command, 'school')).toBe(2);
      expect(operator.err.lines).toHaveLength(1);
      expect(operator.err.text).toMatch(why);
    }
    expect(await operator.clears().runs('status')).toBe(0);
    expect(operator.out.text).toContain('second');
    expect(operator.err.lines).toEqual([expect.stringMatching(/^note: school is not among these/)]);
    expect(await operator.clears().runs('delete', 'school', '--yes')).toBe(0);
    await expect(access(dir)).rejects.toThrow('ENOENT');
  });

  it('because its plan is gone is told of, and can be deleted', async () => {
    const { operator, dir } = await aBatchAtRest();
    await rm(join(dir, 'batch.json'));
    expect(await operator.runs('status', 'school')).toBe(2);
    expect(operator.err.text).toMatch(/has no .*batch\.json any more.*`nightferry delete school`/);
    expect(await operator.clears().runs('delete', 'school', '--yes')).toBe(0);
    await expect(access(dir)).rejects.toThrow('ENOENT');
  });

  it('is not deleted while an engine runs it', async () => {
    const { operator, dir } = await aBatchAtRest();
    const lock = await new Workspace(operator.state).open('school').then((s) => s.lockEngine({ socketPath: null }));
    await writeFile(join(dir, 'batch.json'), '{');
    expect(await operator.runs('delete', 'school', '--yes')).toBe(2);
    expect(operator.err.text).toMatch(/is being run by process/);
    await lock.release();
  });
});

const SERVERS = ['--source', 'imaps://old.example', '--destination', 'imaps://new.example'];
