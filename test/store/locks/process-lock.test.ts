import { type ChildProcess, spawn } from 'node:child_process';
import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lifeOf, ownIdentity, type ProcessIdentity } from '../../../src/store/locks/process-identity.js';
import { type Holder, lookAtLock, takeLock } from '../../../src/store/locks/process-lock.js';

const LINUX = process.platform === 'linux';
const children: ChildProcess[] = [];

/** A process that does nothing until it is killed. */
function sleeper(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  children.push(child);
  return child.pid!;
}

async function killed(pid: number): Promise<void> {
  const child = children.find((one) => one.pid === pid)!;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function startTimeOf(pid: number): Promise<string | null> {
  if (!LINUX) return null;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]!;
}

async function identityOf(pid: number): Promise<ProcessIdentity> {
  return { ...(await ownIdentity()), pid, startTime: await startTimeOf(pid) };
}

describe('a lock', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nf-lock-'));
    path = join(folder, 'engine.lock');
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  /** Leaves a lock as another process would have. */
  async function leftBy(who: ProcessIdentity, nonce = 'n'.repeat(36)): Promise<void> {
    const holder: Holder = { version: 1, ...who, nonce, socketPath: '/run/x.sock', since: 1 };
    await writeFile(path, JSON.stringify(holder));
  }

  it('is one process at a time, and free again when it is released', async () => {
    const first = await takeLock(path, null, 1);
    if (first.kind !== 'taken') throw new Error(first.kind);
    await first.lock.setSocket('/run/a.sock');
    expect(await takeLock(path, null, 2)).toMatchObject({ kind: 'held', life: 'alive', by: { pid: process.pid } });
    expect(await lookAtLock(path)).toMatchObject({
      life: 'alive',
      holder: { pid: process.pid, socketPath: '/run/a.sock' },
    });
    await first.lock.release();
    await first.lock.release();
    expect(await lookAtLock(path)).toBeNull();
    expect((await takeLock(path, null, 3)).kind).toBe('taken');
    expect(await readdir(folder)).toEqual(['engine.lock']);
  });

  it('is refused while another process that has it lives, and taken at once when that one was killed', async () => {
    const pid = sleeper();
    await leftBy(await identityOf(pid));
    expect(await takeLock(path, null, 1)).toMatchObject({ kind: 'held', life: 'alive', by: { pid } });
    await killed(pid);
    expect(await lookAtLock(path)).toBeNull();
    expect((await takeLock(path, null, 2)).kind).toBe('taken');
    expect(await lookAtLock(path)).toMatchObject({ holder: { pid: process.pid } });
    expect(await readdir(folder)).toEqual(['engine.lock']);
  });

  it.runIf(LINUX)('is not mistaken for that of a process which was given the same number later', async () => {
    const pid = sleeper();
    expect(await lifeOf({ ...(await identityOf(pid)), startTime: '1' })).toBe('dead');
    expect(await lifeOf(await identityOf(pid))).toBe('alive');
  });

  it.runIf(LINUX)('of a killed process that nobody has waited for does not stand in the way', async () => {
    // The shell starts a child and becomes a program that never waits for it.
    const parent = spawn('sh', ['-c', 'sleep 1000 & echo $!; exec sleep 1001'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(parent);
    const pid = Number(await new Promise<Buffer>((resolve) => parent.stdout!.once('data', resolve)));
    const identity = await identityOf(pid);
    expect(await lifeOf(identity)).toBe('alive');
    process.kill(pid, 'SIGKILL');
    await expect.poll(async () => lifeOf(identity)).toBe('dead');
    expect(await startTimeOf(pid)).toBe(identity.startTime);
  });

  it.runIf(LINUX)('from before the last boot is dead whatever its number is used for now', async () => {
    expect(await lifeOf({ ...(await ownIdentity()), bootId: 'another boot' })).toBe('dead');
  });

  it('of another machine is left alone', async () => {
    await leftBy({ pid: 1, startTime: '1', bootId: 'x', host: `not-${hostname()}` });
    expect(await takeLock(path, null, 1)).toMatchObject({ kind: 'held', life: 'foreign' });
    expect(await lookAtLock(path)).toMatchObject({ life: 'foreign', holder: { host: `not-${hostname()}` } });
  });

  it('that cannot be read is left alone', async () => {
    await writeFile(path, 'what is this');
    expect(await takeLock(path, null, 1)).toEqual({ kind: 'unreadable', why: 'no lock of this program' });
    expect(await readFile(path, 'utf8')).toBe('what is this');
    expect(await readdir(folder)).toEqual(['engine.lock']);
  });

  it.each<[string, (path: string) => Promise<unknown>, RegExp]>([
    ['a link that leads nowhere', (path) => symlink('/nowhere/at/all', path), /leads nowhere/],
    ['a link to itself', (path) => symlink('engine.lock', path), /circle/],
    ['a folder', (path) => mkdir(path), /folder/],
    ['an empty file', (path) => writeFile(path, ''), /no lock/],
    ['binary', (path) => writeFile(path, Buffer.from([0, 255, 254, 10])), /no lock/],
  ])('that is %s is told of at once, and left alone', async (_, leave, why) => {
    await leave(path);
    expect(await takeLock(path, null, 1)).toEqual({ kind: 'unreadable', why: expect.stringMatching(why) });
    expect(await lookAtLock(path)).toBeNull();
    expect(await readdir(folder)).toEqual(['engine.lock']);
  });

  it('is judged by its process, whatever the wall clock says of it', async () => {
    const pid = sleeper();
    await leftBy(await identityOf(pid));
    for (const now of [0, 1, Date.now() - 1e9, Date.now() + 1e12])
      expect(await takeLock(path, null, now)).toMatchObject({ kind: 'held', life: 'alive' });
  });

  it('names no file outside of its folder, whatever stands in it', async () => {
    const pid = sleeper();
    const dead = await identityOf(pid);
    await killed(pid);
    await leftBy(dead, '/../../elsewhere');
    expect(await takeLock(path, null, 1)).toMatchObject({ kind: 'unreadable' });
  });

  it('of a dead process is taken by one of many that want it at the same time', async () => {
    const pid = sleeper();
    const dead = await identityOf(pid);
    await killed(pid);
    for (let round = 0; round < 20; round++) {
      await leftBy(dead, `round-${round}`);
      const attempts = await Promise.all(Array.from({ length: 8 }, () => takeLock(path, null, round)));
      const taken = attempts.filter((attempt) => attempt.kind === 'taken');
      expect(taken).toHaveLength(1);
      expect(attempts.filter((attempt) => attempt.kind === 'held')).toHaveLength(7);
      await taken[0]!.lock.release();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('is taken over from a process that was killed while it was taking it over from another', async () => {
    const pid = sleeper();
    const dead = await identityOf(pid);
    await killed(pid);
    await leftBy(dead, 'second');
    await link(path, join(folder, 'engine.lock.first'));
    await rm(path);
    await leftBy(dead, 'first');
    expect((await takeLock(path, null, 1)).kind).toBe('taken');
    expect(await lookAtLock(path)).toMatchObject({ holder: { pid: process.pid } });
    expect(await readdir(folder)).toEqual(['engine.lock']);
  });
});
