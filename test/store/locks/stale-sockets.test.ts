import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { sweepSockets } from '../../../src/store/locks/stale-sockets.js';

const LATER = 3_600_000;
const name = (digit: string) => `${digit.repeat(16)}.sock`;

it('removes the sockets of killed engines, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nf-sock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const script = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  const dead = spawn(process.execPath, ['-e', script, join(folder, name('a'))], { stdio: 'ignore' });
  await new Promise((resolve) => dead.once('exit', resolve));
  const alive = createServer();
  await new Promise<void>((resolve) => alive.listen(join(folder, name('b')), resolve));
  onTestFinished(() => void alive.close());
  await writeFile(join(folder, name('c')), 'a file');
  await writeFile(join(folder, 'notes.txt'), '');
  const all = [name('a'), name('b'), name('c'), 'notes.txt'];
  expect((await readdir(folder)).sort()).toEqual(all);

  // A socket that was just made may not listen yet, and a wall clock that was set back makes none older.
  for (const now of [Date.now(), Date.now() - LATER]) await sweepSockets(folder, now);
  expect((await readdir(folder)).sort()).toEqual(all);

  await sweepSockets(folder, Date.now() + LATER);
  expect((await readdir(folder)).sort()).toEqual(all.slice(1));
  await sweepSockets(join(folder, 'no such folder'), Date.now());
});
