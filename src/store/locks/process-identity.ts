import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { codeOf } from '../documents/disk.js';

/** One process, told from a later one with the same number. */
export const processIdentitySchema = z.strictObject({
  pid: z.int().min(1),
  /** Clock ticks after boot (proc(5), field 22); null: the system does not say. */
  startTime: z.string().nullable(),
  /** Null: the system does not say. */
  bootId: z.string().nullable(),
  host: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** `foreign`: the process is on another machine, so nobody here can tell. */
export type Life = 'alive' | 'dead' | 'foreign';

export async function ownIdentity(): Promise<ProcessIdentity> {
  const stat = await processStat(process.pid);
  return { pid: process.pid, startTime: stat?.startTime ?? null, bootId: await bootId(), host: hostname() };
}

/** Whether a process still runs. A killed one that nobody has waited for counts as dead. */
export async function lifeOf(process: ProcessIdentity): Promise<Life> {
  if (process.host !== hostname()) return 'foreign';
  const boot = await bootId();
  if (boot !== null && process.bootId !== null && boot !== process.bootId) return 'dead';
  if (!signalReaches(process.pid)) return 'dead';
  const stat = await processStat(process.pid);
  if (stat === null) return 'alive'; // no /proc, or not for us to see: the number is in use, and that must do
  if (stat.state === 'Z' || stat.state === 'X') return 'dead';
  return process.startTime === null || process.startTime === stat.startTime ? 'alive' : 'dead';
}

function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM'; // another user's, but alive
  }
}

async function bootId(): Promise<string | null> {
  const text = await readIfThere('/proc/sys/kernel/random/boot_id');
  return text === null ? null : text.trim();
}

async function processStat(pid: number): Promise<{ readonly state: string; readonly startTime: string } | null> {
  const text = await readIfThere(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The second field is the command's name in brackets, which may hold blanks and brackets itself.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields[0], fields[19]];
  return state === undefined || startTime === undefined ? null : { state, startTime };
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null; // a process may end between two looks at it; other systems have no /proc
  }
}
