import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootOf, type Unpacked } from './unpack.js';

const STOP_LIMIT_MS = 3000;

/** A copy of an unpacked server's root, with the processes in it. */
export class Jail {
  readonly #children: ChildProcess[] = [];
  readonly #orphaned = () => this.#signal('SIGKILL');
  #said = '';

  private constructor(readonly root: string) {
    process.once('exit', this.#orphaned);
  }

  /** Beside the root it is a copy of: programs are linked, not copied. */
  static async make(server: Unpacked): Promise<Jail> {
    const place = await mkdtemp(`${rootOf(server)}-run-`);
    execFileSync('cp', ['-al', rootOf(server), join(place, 'root')]);
    await chmod(place, 0o755);
    return new Jail(join(place, 'root'));
  }

  path(name: string): string {
    return join(this.root, name);
  }

  /** The output of its processes. */
  get said(): string {
    return this.#said;
  }

  /** Writes a file anew: those that came with the root are shared with it. */
  async replace(name: string, text: string): Promise<void> {
    await rm(this.path(name), { force: true });
    await writeFile(this.path(name), text);
  }

  /** Runs a program to its end. @throws Error when it fails */
  run(argv: readonly string[], input = ''): void {
    execFileSync('chroot', [this.root, ...argv], { input, stdio: ['pipe', 'ignore', 'pipe'] });
  }

  /** Starts a program that stays. */
  start(argv: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    const child = spawn('chroot', [this.root, ...argv], {
      env: { PATH: '/usr/bin:/usr/sbin', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its processes are a group of their own, so that all of them end and no other.
      detached: true,
    });
    const hear = (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-4000);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => hear(Buffer.from(error.message)));
    this.#children.push(child);
    return child;
  }

  async destroy(): Promise<void> {
    process.off('exit', this.#orphaned);
    const ended = Promise.all(
      this.#children
        .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
        .map((child) => new Promise((resolve) => child.once('exit', resolve))),
    );
    this.#signal('SIGTERM');
    const force = setTimeout(() => this.#signal('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(force);
    this.#signal('SIGKILL');
    await rm(join(this.root, '..'), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  #signal(signal: NodeJS.Signals): void {
    for (const { pid } of this.#children) {
      if (pid === undefined) continue;
      try {
        process.kill(-pid, signal);
      } catch {
        // The group is gone already.
      }
    }
  }
}
