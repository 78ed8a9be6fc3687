import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program as it is installed, beside this file in `dist`. NIGHTFERRY_CLI names another build. */
const CLI = process.env.NIGHTFERRY_CLI ?? fileURLToPath(new URL('../../bin/cli.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
}

/** One run of the program. */
export class Program {
  readonly ended: Promise<Ended>;
  hasEnded = false;
  readonly #child: ChildProcess;

  constructor(argv: readonly string[], state: string, env: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, [CLI, ...argv, '--state', state], {
      env: {
        PATH: process.env.PATH,
        HOME: state,
        TZ: 'UTC',
        NIGHTFERRY_SOURCE_PASSWORD: 'pass',
        NIGHTFERRY_DESTINATION_PASSWORD: 'pass',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const orphaned = () => this.#child.kill('SIGKILL');
    process.once('exit', orphaned);
    let out = '';
    const hear = (chunk: Buffer) => {
      out += chunk.toString();
    };
    this.#child.stdout?.on('data', hear);
    this.#child.stderr?.on('data', hear);
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        process.off('exit', orphaned);
        this.hasEnded = true;
        resolve({ code, signal, out });
      });
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Its end; it is killed where that takes too long. */
  async within(ms: number): Promise<Ended> {
    const force = setTimeout(() => this.kill('SIGKILL'), ms);
    const ended = await this.ended;
    clearTimeout(force);
    return ended;
  }
}
