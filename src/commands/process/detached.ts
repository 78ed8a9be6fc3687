import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import type { Detached, DetachedStart } from './io.js';

/**
 * Starts this program again as a process that outlives us: a session of its own (setsid(2)), so that no
 * hangup of our terminal reaches it, and none of our terminal's descriptors. It keeps our working folder,
 * where password commands with relative paths are found.
 *
 * @param program  our first file
 * @throws Error of node:child_process  when it cannot be started
 */
export async function startDetached(program: string, start: DetachedStart): Promise<Detached> {
  const log = await open(start.log, 'a', 0o600);
  try {
    const [file = '', ...argv] = [...start.within, process.execPath, program, ...start.argv];
    const child = spawn(file, argv, { detached: true, stdio: ['pipe', 'ignore', log.fd], env: process.env });
    const { stdin } = child;
    if (!stdin) throw new Error('unreachable: a pipe was asked for');
    const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      child.on('exit', (code, signal) => resolve({ code, signal }));
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    // An engine that ended before it read everything is noticed by its end.
    stdin.on('error', () => undefined);
    stdin.end(start.input);
    child.unref();
    return { pid: child.pid ?? 0, ended };
  } finally {
    await log.close();
  }
}
