import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BATCH_VERSION, type Batch, type Endpoint } from '../../../src/store/batch/batch.js';
import { NO_LIMITS } from '../../../src/store/batch/limits.js';
import { Workspace } from '../../../src/store/batch/workspace.js';
import { nodeContext, type StoreContext } from '../../../src/store/documents/context.js';
import { nodeDisk } from '../../../src/store/documents/disk.js';
import { socketPathFor } from '../../../src/store/locks/socket-path.js';
import { BadInput } from '../../../src/words/bad-input.js';

const ENDPOINT: Endpoint = {
  host: 'mail.example',
  port: 993,
  security: 'tls',
  user: null,
  login: null,
  authzid: false,
  passwordCommand: null,
  tokenCommand: null,
  oauth: null,
  ca: null,
  fingerprint: null,
  preauth: false,
  limits: NO_LIMITS,
};

function batch(name: string, ids: readonly string[] = ['ann', 'bob']): Batch {
  return {
    version: BATCH_VERSION,
    name,
    createdAt: 1,
    source: ENDPOINT,
    destination: ENDPOINT,
    options: {
      include: [],
      exclude: [],
      map: [],
      folderPrefix: null,
      includeShared: false,
      deleted: 'carry',
      dates: 'internal',
      since: null,
      until: null,
      order: 'plan',
      wave: null,
      maxSize: null,
      memory: 1,
      stagger: { min: 0, max: 0 },
      concurrency: 1,
      look: 'ahead',
      window: null,
    },
    planPath: null,
    mailboxes: ids.map((id, i) => ({
      id,
      email: `${id}@x.example`,
      sourceUser: id,
      destinationUser: id,
      userRoot: null,
      own: null,
      wave: null,
      row: i + 2,
    })),
  };
}

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'nf-space-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('where batches live', () => {
  it('is --state, else XDG_STATE_HOME, else below the home folder', () => {
    expect(Workspace.locate('/s', { XDG_STATE_HOME: '/x' }, '/h').root).toBe('/s');
    expect(Workspace.locate(undefined, { XDG_STATE_HOME: '/x' }, '/h').root).toBe('/x/nightferry');
    expect(Workspace.locate(null, { XDG_STATE_HOME: 'relative' }, '/h').root).toBe('/h/.local/state/nightferry');
    expect(Workspace.locate(undefined, {}, '/h').root).toBe('/h/.local/state/nightferry');
  });
});

describe('a workspace', () => {
  it('creates, lists, opens and deletes batches', async () => {
    const space = new Workspace(join(home, 'state', 'nf'));
    expect(await space.list()).toEqual([]);
    expect(await space.exists('night')).toBe(false);
    await space.create(batch('night'));
    await space.create(batch('day.2'));
    expect(await space.list()).toEqual(['day.2', 'night']);
    expect((await space.open('night')).batch).toEqual(batch('night'));
    expect((await stat(join(space.root, 'night'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(space.root, 'night', 'batch.json'))).mode & 0o777).toBe(0o600);
    await space.delete('night');
    expect(await space.list()).toEqual(['day.2']);
    expect(await readdir(space.root)).toEqual(['day.2']);
  });

  it('lets one of many creators have a name, and spoils nothing of the one who has it', async () => {
    const space = new Workspace(home);
    const created = await Promise.allSettled(
      [1, 2, 3, 4].map((n) => space.create({ ...batch('night'), createdAt: n })),
    );
    expect(created.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of created) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(BadInput);
    expect(await readdir(home)).toEqual(['night']);
    await expect(space.create(batch('night'))).rejects.toThrow('There is a batch night already');
  });

  it('names the batches there are when one is asked for that there is not', async () => {
    const space = new Workspace(home);
    await expect(space.open('nihgt')).rejects.toThrow('there is none yet');
    await space.create(batch('night'));
    await mkdir(join(home, 'not a batch'));
    await expect(space.open('nihgt')).rejects.toThrow(/no batch nihgt .*there are night$/);
    await expect(space.delete('nihgt')).rejects.toThrow(BadInput);
  });

  it.each(['', '.', '..', '.hidden', 'a/b', 'a b', 'ä', 'x'.repeat(101), 'a\n'])(
    'refuses %j as a name',
    async (name) => {
      const space = new Workspace(home);
      await expect(space.create(batch(name))).rejects.toThrow(BadInput);
      await expect(space.open(name)).rejects.toThrow(BadInput);
      await expect(space.delete(name)).rejects.toThrow(BadInput);
      expect(await readdir(home)).toEqual([]);
    },
  );

  it('does not delete a batch that is being run', async () => {
    const space = new Workspace(home);
    const store = await space.create(batch('night'));
    const lock = await store.lockEngine({ socketPath: null });
    await expect(space.delete('night')).rejects.toThrow(`being run by process ${process.pid}`);
    expect(await space.list()).toEqual(['night']);
    await lock.release();
    await space.delete('night');
    await expect(store.lockEngine({ socketPath: null })).rejects.toThrow('was deleted');
    expect(await readdir(home)).toEqual([]);
  });

  it('lets one process at a time fill a destination mailbox, whatever the batch', async () => {
    const space = new Workspace(home);
    const lock = await space.lockDestination('new.example:993/ann');
    await expect(new Workspace(home).lockDestination('new.example:993/ann')).rejects.toThrow('new.example:993/ann');
    await (await space.lockDestination('new.example:993/bob')).release();
    await lock.release();
    await (await space.lockDestination('new.example:993/ann')).release();
    expect(await space.list()).toEqual([]);
  });
});

describe('the store of a batch', () => {
  it('has no folder for a mailbox before it is started, and 50,000 of them are created with one document', async () => {
    const ids = Array.from({ length: 50_000 }, (_, i) => `m${i}`);
    const space = new Workspace(home);
    await space.create(batch('big', ids));
    const store = await space.open('big');
    expect(await readdir(store.dir)).toEqual(['batch.json']);
    const record = await store.mailbox('m40000');
    expect(await store.mailbox('m40000')).toBe(record);
    expect(await store.knownMailboxes()).toEqual([]);
    await record.write();
    await (await store.mailbox('m7')).write();
    expect(await store.knownMailboxes()).toEqual(['m7', 'm40000']);
    await expect(store.mailbox('m50000')).rejects.toThrow('no mailbox m50000');
  });

  it('hands over all records for one look at the disk, and reads what was started', async () => {
    const ids = Array.from({ length: 3_000 }, (_, i) => `m${i}`);
    const made = await new Workspace(home).create(batch('big', ids));
    const seven = await made.mailbox('m7');
    seven.data.attempts = 3;
    await seven.write();
    const looks: string[] = [];
    const watched: StoreContext = {
      ...nodeContext,
      disk: {
        ...nodeDisk,
        read: (path) => {
          looks.push(path);
          return nodeDisk.read(path);
        },
      },
    };
    const store = await new Workspace(home, watched).open('big');
    looks.length = 0;
    const records = await store.everyMailbox();
    expect(looks).toEqual([join(store.dir, 'mailboxes', 'm7', 'mailbox.json')]);
    expect([...records.keys()]).toEqual(ids);
    expect(records.get('m7')?.data.attempts).toBe(3);
    expect(await store.mailbox('m2999')).toBe(records.get('m2999'));
    // A folder that was not there is written and read like any other.
    await records.get('m8')?.write();
    expect(await (await new Workspace(home).open('big')).knownMailboxes()).toEqual(['m7', 'm8']);
  });

  it('does not leave its folder for a mailbox whose id is a way out of it', async () => {
    const store = await new Workspace(home).create(batch('night', ['..']));
    await expect(store.mailbox('..')).rejects.toThrow('no mailbox ..');
  });

  it('says who runs it and where the socket is, from another process too, and nobody once that one is killed', async () => {
    const store = await new Workspace(home).create(batch('night'));
    expect(await store.whoRuns()).toBeNull();
    const lock = await store.lockEngine({ socketPath: null });
    await lock.setSocket('/run/x.sock');
    expect(await store.whoRuns()).toMatchObject({ pid: process.pid, socketPath: '/run/x.sock' });
    const path = join(store.dir, 'engine.lock');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
    const held = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...held, pid: child.pid, startTime: null, nonce: 'other' }));
    await expect(store.lockEngine({ socketPath: null })).rejects.toThrow(`being run by process ${child.pid}`);
    await lock.release();
    expect(await store.whoRuns()).toMatchObject({ pid: child.pid });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    expect(await store.whoRuns()).toBeNull();
    await (await store.lockEngine({ socketPath: null })).release();
  });

  it('writes into the log that a previous version of a document had to be used', async () => {
    const told: string[] = [];
    const context = { ...nodeContext, now: () => 77, onFallback: ({ file }: { file: string }) => told.push(file) };
    await (await new Workspace(home, context).create(batch('night'))).log.close();
    const first = await (await new Workspace(home).open('night')).mailbox('ann');
    await first.write();
    await first.write();
    const file = join(first.folder, 'mailbox.json');
    await writeFile(file, '{');
    const store = await new Workspace(home, context).open('night');
    await store.mailbox('ann');
    await store.log.close();
    expect(told).toEqual([file]);
    const line = JSON.parse(await readFile(join(store.dir, 'events.jsonl'), 'utf8'));
    expect(line).toMatchObject({ at: 77, level: 'warn', event: 'previous-version-used', file });
  });
});

describe('a batch that was made while windows were UTC', () => {
  it.each([1, 2])('keeps its hours, in a document of version %i', async (version) => {
    const store = await new Workspace(home).create({
      ...batch('night'),
      options: { ...batch('night').options, window: { from: 1200, to: 360, zone: 'Europe/Berlin' } },
    });
    await store.log.close();
    const path = join(store.dir, 'batch.json');
    const stored = JSON.parse(await readFile(path, 'utf8'));
    expect((await new Workspace(home).open('night')).batch.options.window).toEqual(stored.options.window);
    stored.options.window = { from: 1200, to: 360 };
    await writeFile(path, JSON.stringify({ ...stored, version }));
    const opened = await new Workspace(home).open('night');
    expect(opened.batch.options.window).toEqual({ from: 1200, to: 360, zone: 'UTC' });
  });
});

describe("the path of an engine's socket", () => {
  const uid = process.getuid?.() ?? null;

  it('is short, of this batch alone, in the runtime folder where there is one', async () => {
    const env = { XDG_RUNTIME_DIR: home };
    const path = await socketPathFor('/a/very/long/batch', env, uid, tmpdir());
    expect(path).toMatch(new RegExp(`^${home}/nightferry/[0-9a-f]{16}\\.sock$`));
    expect(await socketPathFor('/a/very/long/batch', env, uid, tmpdir())).toBe(path);
    expect(await socketPathFor('/a/very/long/batch2', env, uid, tmpdir())).not.toBe(path);
    expect((await stat(join(home, 'nightferry'))).mode & 0o777).toBe(0o700);
  });

  it('is in a folder of the temporary one where there is no runtime folder, or it is gone or too deep', async () => {
    const deep = join(home, 'd'.repeat(90));
    for (const XDG_RUNTIME_DIR of [undefined, 'relative', join(home, 'gone'), deep]) {
      const path = await socketPathFor('/b', { XDG_RUNTIME_DIR }, uid, home);
      expect(path.startsWith(join(home, `nightferry-${uid ?? 'user'}/`))).toBe(true);
    }
  });

  it('is refused in a folder that others own, can enter, or have put a link in place of', async () => {
    const batch = join(home, 'd'.repeat(90), 'b');
    const folder = join(home, `nightferry-${uid ?? 'user'}`);
    await mkdir(folder);
    await chmod(folder, 0o755);
    await expect(socketPathFor(batch, {}, uid, home)).rejects.toThrow('open to other users');
    await rm(folder, { recursive: true });
    await mkdir(join(home, 'elsewhere'), { mode: 0o700 });
    await symlink(join(home, 'elsewhere'), folder);
    await expect(socketPathFor(batch, {}, uid, home)).rejects.toThrow('not a folder');
    if (uid === null) return;
    await mkdir(join(home, `nightferry-${uid + 1}`), { mode: 0o700 });
    await expect(socketPathFor(batch, {}, uid + 1, home)).rejects.toThrow(`owned by user ${uid}`);
  });

  it('is in the state folder where another user has taken our name in the temporary one', async () => {
    await mkdir(join(home, `nightferry-${uid ?? 'user'}`), { mode: 0o700 });
    await chmod(join(home, `nightferry-${uid ?? 'user'}`), 0o777);
    const state = join(home, 'state', 'nightferry');
    const path = await socketPathFor(join(state, 'night'), {}, uid, home);
    expect(path).toMatch(new RegExp(`^${state}/\\.sockets/[0-9a-f]{16}\\.sock$`));
    expect((await stat(join(state, '.sockets'))).mode & 0o777).toBe(0o700);
    expect(await new Workspace(state).list()).toEqual([]);
  });

  it('is refused when it would be cut off', async () => {
    const deep = join(home, 'd'.repeat(90));
    const batch = join(deep, 'b');
    await expect(socketPathFor(batch, { XDG_RUNTIME_DIR: deep }, uid, deep)).rejects.toThrow('longer than 100 bytes');
  });
});
