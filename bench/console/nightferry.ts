import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Status } from '../../src/protocol/entities.js';
import { Workspace } from '../../src/store/batch/workspace.js';
import type { BenchServers } from '../servers.js';
import { ConsoleOnPty, sleep } from './console-on-pty.js';
import type { Size } from './screen.js';

/** The program as it is installed. */
export const CLI = fileURLToPath(new URL('../../bin/cli.js', import.meta.url));
/** A clock in its header: everything was read, and it is live. */
const LIVE = /\d\d:\d\d:\d\d UTC/;
const OPENS_WITHIN_MS = 60_000;

/** A batch of the program, in a folder of its own. */
export class Nightferry {
  readonly state: string;
  readonly #env: Readonly<Record<string, string>>;

  constructor(
    readonly dir: string,
    readonly batch: string,
  ) {
    this.state = join(dir, 'state');
    this.#env = { HOME: dir, XDG_RUNTIME_DIR: dir };
  }

  /** `run`, in a terminal. */
  runs(plan: string, servers: BenchServers, size: Size, ...more: readonly string[]): ConsoleOnPty {
    const side = (name: 'source' | 'destination') => [
      `--${name}`,
      `imaps://127.0.0.1:${servers[name].tlsPort}`,
      `--${name}-ca`,
      servers.certificateFile,
    ];
    return this.#opens(['run', plan, '--name', this.batch, ...side('source'), ...side('destination'), ...more], size);
  }

  /** `attach`, in a terminal. */
  attaches(size: Size): ConsoleOnPty {
    return this.#opens(['attach', this.batch], size);
  }

  #opens(words: readonly string[], size: Size): ConsoleOnPty {
    return new ConsoleOnPty([CLI, ...words, '--state', this.state], size, this.#env);
  }

  /** Number of the engine's process; null: none runs. */
  async engine(): Promise<number | null> {
    const who = await (await new Workspace(this.state).open(this.batch)).whoRuns();
    return who?.pid ?? null;
  }

  async status(): Promise<Status> {
    return JSON.parse(await this.#said('status', this.batch, '--json')) as Status;
  }

  /** Stops the engine, where one runs, and waits until it is gone. */
  async stop(): Promise<void> {
    const workspace = new Workspace(this.state);
    if (!(await workspace.exists(this.batch)) || (await this.engine()) === null) return;
    await this.#said('stop', this.batch, '--now').catch(() => undefined);
    while ((await this.engine()) !== null) await sleep(50);
  }

  async #said(...words: readonly string[]): Promise<string> {
    const argv = [CLI, ...words, '--state', this.state];
    const options = { env: { ...process.env, ...this.#env }, maxBuffer: 1 << 30 };
    return (await promisify(execFile)(process.execPath, argv, options)).stdout;
  }
}

/**
 * @param mailbox of the batch: the screen is whole when its rows are there
 * @returns milliseconds from the command to the first whole screen
 */
export async function opened(console: ConsoleOnPty, mailbox: RegExp): Promise<number> {
  const sees = (lines: readonly string[]) => LIVE.test(lines[0] ?? '') && lines.some((line) => mailbox.test(line));
  return (await console.screen.until('the first whole screen', sees, OPENS_WITHIN_MS)) - console.startedAt;
}

/** Bytes that a process had in memory at its most; null where the system does not tell. */
export async function peakMemory(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** Seconds of processor time that a process has taken, user and system; null where it is gone, or the system does not tell. */
export async function processorTime(pid: number): Promise<number | null> {
  // proc(5): fields 14 and 15, in ticks of which Linux counts 100 a second; the name before may hold blanks.
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return fields[0] === 'Z' || Number.isNaN(user + system) ? null : (user + system) / 100;
}
