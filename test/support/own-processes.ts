import { readdirSync, readFileSync } from 'node:fs';

/**
 * Reads from /proc (Linux) the command lines and environments of processes, as any program of the same user can.
 *
 * @param dir  only processes that name this folder in one of the parts
 */
export function processesOf(dir: string, ...parts: readonly ('cmdline' | 'environ')[]): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const read = (pid: string, part: string) => {
    try {
      return readFileSync(`/proc/${pid}/${part}`, 'utf8');
    } catch {
      return '';
    }
  };
  return pids.map((pid) => parts.map((part) => read(pid, part)).join('')).filter((text) => text.includes(dir));
}
