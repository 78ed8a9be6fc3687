import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { expect } from 'vitest';
import type { Access, EngineClient } from '../../src/protocol/client.js';
import { connectEngine } from '../../src/protocol/client.js';
import { Workspace } from '../../src/store/batch/workspace.js';
import { codeOf } from '../../src/store/documents/disk.js';
import { systemClock } from '../../src/words/clock.js';
import { EmulatedTerminal } from '../ui/support/paper-terminal.js';
import { OWN_CLOCK } from './own-clock.js';

/** The program as it is installed: built before the tests run. NIGHTFERRY_CLI names another build. */
const CLI = process.env.NIGHTFERRY_CLI ?? new URL('../../dist/src/cli.js', import.meta.url).pathname;
const SIZE = { columns: 100, rows: 30 };

/** Somebody with terminals, a state folder, and engines that outlive the terminals. */
export class Desk {
  readonly state: string;
  readonly #terminals: Terminal[] = [];
  readonly #engines = new Set<number>();

  private constructor(readonly dir: string) {
    // Where `nightferry` looks by itself, too.
    this.state = join(dir, 'nightferry');
  }

  static async set(): Promise<Desk> {
    expect(existsSync(CLI), 'run `npm run build` first').toBe(true);
    return new Desk(await mkdtemp(join(tmpdir(), 'nf-desk-')));
  }

  /** Kills what is left, by its number. */
  async clear(): Promise<void> {
    for (const terminal of this.#terminals) terminal.end();
    for (const name of await new Workspace(this.state).list()) await this.engine(name);
    for (const pid of this.#engines) kill(pid, 'SIGKILL');
    await rm(this.dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** Runs the program in a terminal of its own. */
  opens(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Terminal {
    const terminal = new Terminal(argv, this.dir, {
      ...OWN_CLOCK,
      PATH: process.env.PATH ?? '',
      HOME: this.dir,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      XDG_RUNTIME_DIR: this.dir,
      XDG_STATE_HOME: this.dir,
      ...env,
    });
    this.#terminals.push(terminal);
    return terminal;
  }

  /** Runs a command that takes the state folder. */
  runs(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Terminal {
    return this.opens([...argv, '--state', this.state], env);
  }

  /** The only batch. */
  async batch(): Promise<string> {
    const names = await new Workspace(this.state).list();
    expect(names).toHaveLength(1);
    return names[0]!;
  }

  /** Number of the process that runs a batch; null: none does. */
  async engine(batch: string): Promise<number | null> {
    const who = await (await new Workspace(this.state).open(batch)).whoRuns();
    if (who) this.#engines.add(who.pid);
    return who?.pid ?? null;
  }

  /** A console without a screen; on a busy machine the engine's socket may be a moment away. */
  async connects(batch: string, access: Access): Promise<EngineClient> {
    for (let tries = 0; ; tries++) {
      const workspace = new Workspace(this.state);
      const who = (await workspace.exists(batch)) ? await (await workspace.open(batch)).whoRuns() : null;
      if (who?.socketPath) return connectEngine(who.socketPath, { clock: systemClock, program: 'test' }, access);
      if (tries === 600) throw new Error(`no engine runs ${batch}`);
      await systemClock.sleep(100);
    }
  }

  /** Everything that stands below the folder, by path. Where a file goes meanwhile, as an engine's lock does, it looks again. */
  async written(): Promise<ReadonlyMap<string, string>> {
    for (;;) {
      try {
        return await this.#written();
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
      }
    }
  }

  async #written(): Promise<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>();
    for (const entry of await readdir(this.dir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      texts.set(path, await readFile(path, 'latin1'));
    }
    return texts;
  }
}

/** The program under a pty, and what the terminal shows. */
export class Terminal {
  readonly exit: Promise<number>;
  readonly #pty: IPty;
  readonly #screen = new EmulatedTerminal(SIZE);
  #shown: Promise<void> = Promise.resolve();
  #exited = false;

  constructor(argv: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
    this.#pty = spawn(process.execPath, [CLI, ...argv], { cols: SIZE.columns, rows: SIZE.rows, cwd, env: { ...env } });
    this.#pty.onData((text) => {
      this.#shown = this.#shown.then(() => this.#screen.show(text));
    });
    this.exit = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#exited = true;
        resolve(signal ? 128 + signal : exitCode);
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  types(keys: string): void {
    this.#pty.write(keys);
  }

  /** Every title that its window had, in order. */
  get titles(): readonly string[] {
    return this.#screen.titles;
  }

  async text(): Promise<string> {
    await this.#shown;
    return this.#screen.text().join('\n');
  }

  /** Waits until the terminal shows it. */
  async shows(what: RegExp): Promise<string> {
    let seen = '';
    const look = async () => {
      seen = await this.text();
      return seen;
    };
    await expect.poll(look).toMatch(what);
    return seen;
  }

  signal(name: NodeJS.Signals): void {
    kill(this.pid, name);
  }

  /** The line is gone: SIGHUP to whom it belonged. */
  hangUp(): void {
    if (!this.#exited) this.#pty.kill('SIGHUP');
  }

  /** The terminal itself is gone, as when the SSH connection dropped: nothing can be read, written or set there. */
  vanishes(): void {
    if (!this.#exited) (this.#pty as IPty & { destroy(): void }).destroy();
  }

  /** Whatever a failed test left. */
  end(): void {
    if (!this.#exited) kill(this.pid, 'SIGKILL');
  }
}

/** @returns whether there was such a process */
export function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
