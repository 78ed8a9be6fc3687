import { join } from 'node:path';
import { BadInput } from '../words/bad-input.js';
import { codeOf } from './disk.js';
import { lookAtLock, takeLock } from './process-lock.js';

/** The right to run a batch: one engine has it. */
export interface EngineLock {
  /** Tells others where the engine's socket is. */
  setSocket(socketPath: string | null): Promise<void>;
  release(): Promise<void>;
}

/** The engine that runs a batch. */
export interface Runner {
  readonly pid: number;
  readonly host: string;
  readonly socketPath: string | null;
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
  if (attempt.kind === 'unreadable') {
    throw new BadInput(`The lock ${path} cannot be read: remove it when no engine runs the batch ${name}`);
  }
  const { pid, host } = attempt.by;
  throw new BadInput(
    attempt.life === 'alive'
      ? `The batch ${name} is being run by process ${pid}: stop it first, or attach to it`
      : `The batch ${name} is locked by process ${pid} on ${host}: stop it there. If ${host} is gone for good, remove ${path}`,
  );
}

/** Who runs a batch; null when nobody does. A holder on another machine counts: it cannot be seen from here. */
export async function whoRuns(batchDir: string): Promise<Runner | null> {
  const holder = await lookAtLock(lockFile(batchDir));
  return holder === null ? null : { pid: holder.pid, host: holder.host, socketPath: holder.socketPath };
}
