import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from '../../../src/store/batch/workspace.js';
import { socketPathFor } from '../../../src/store/locks/socket-path.js';
import { BadInput } from '../../../src/words/bad-input.js';
import { batch } from './a-stored-batch.js';

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

  it("gives a name to one of many creators at once, and leaves that one's files alone", async () => {
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
