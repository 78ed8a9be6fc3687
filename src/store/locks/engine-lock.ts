import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BadInput } from '../../words/bad-input.js';
import { codeOf } from '../documents/disk.js';
import { atDisk } from '../documents/disk-trouble.js';
import { type Found, lookAtLock, readLock, takeLock } from './process-lock.js';

/** The right to run a batch, which one engine holds. */
export interface EngineLock {
  /** Tells other processes where the engine's socket is. */
  setSocket(socketPath: string | null): Promise<void>;
  release(): Promise<void>;
}

/** The engine that runs a batch. */
export interface Runner {
  readonly pid: number;
  readonly host: string;
  /** `foreign`: the engine is on another machine or in another container, and cannot be seen from here. */
  readonly life: 'alive' | 'foreign';
  readonly socketPath: string | null;
  /** Path of its lock. */
  readonly path: string;
}

function lockFile(batchDir: string): string {
  return join(batchDir, 'engine.lock');
}

/**
 * @param now  milliseconds since the epoch
 * @throws BadInput  when an engine runs the batch, or may run it on another machine
 */
export async function lockEngine(
  batchDir: string,
  name: string,
  socketPath: string | null,
  now: number,
): Promise<EngineLock> {
  const path = lockFile(batchDir);
  const attempt = await takeLock(path, socketPath, now).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new BadInput(`The batch ${name} was deleted`);
  });
  if (attempt.kind === 'taken') return attempt.lock;
  if (attempt.kind === 'unreadable') throw new BadInput(unreadableLock(name, path, attempt.why));
  const { pid, host } = attempt.by;
  throw new BadInput(
    attempt.life === 'alive'
      ? `The batch ${name} is being run by process ${pid}: stop it first, or attach to it`
      : foreignLock(name, { pid, host, path }),
  );
}

/** The process that runs a batch; null: none does. A holder on another machine counts: it cannot be seen from here. */
export async function whoRuns(batchDir: string): Promise<Runner | null> {
  const path = lockFile(batchDir);
  const found = await lookAtLock(path);
  if (found === null) return null;
  const { pid, host, socketPath } = found.holder;
  return { pid, host, socketPath, life: found.life, path };
}

/** One line about a lock that nobody here can judge, and how to go on. */
export function foreignLock(name: string, { pid, host, path }: Pick<Runner, 'pid' | 'host' | 'path'>): string {
  return `The batch ${name} is locked by process ${pid} on ${host}, which is another machine or container: stop it there. If that is gone for good, go on with \`nightferry resume ${name} --take-over\`, or remove ${path}`;
}

function unreadableLock(name: string, path: string, why: string): string {
  return `The lock ${path} cannot be read (${why}). When no engine runs the batch ${name}, go on with \`nightferry resume ${name} --take-over\`, or remove it`;
}

/**
 * Puts aside a lock of another machine, or an unreadable one, on the word of an operator that nothing runs the batch
 * there.
 *
 * @returns what was found
 * @throws BadInput  when a process of this machine has it
 */
export async function putLockAside(batchDir: string, name: string): Promise<Found> {
  const path = lockFile(batchDir);
  const runner = await whoRuns(batchDir);
  if (runner?.life === 'alive')
    throw new BadInput(`The batch ${name} is being run by process ${runner.pid} on this machine: stop it first`);
  const found = await readLock(path);
  if (found.kind === 'free') return found;
  await atDisk(path, async () => {
    await rm(`${path}.aside`, { recursive: true, force: true });
    await rename(path, `${path}.aside`);
  });
  return found;
}
