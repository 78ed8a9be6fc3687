import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from '../../../src/store/batch/workspace.js';
import { nodeContext, type StoreContext } from '../../../src/store/documents/context.js';
import { nodeDisk } from '../../../src/store/documents/disk.js';
import { batch } from './a-stored-batch.js';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'nf-space-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

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
