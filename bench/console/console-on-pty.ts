import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The console under a pty; what it writes is counted. */
export class ConsoleOnPty {
  readonly #pty: IPty;
  readonly #gone: Promise<void>;
  #bytes = 0;
  #onBytes: () => void = () => undefined;

  constructor(socketPath: string, { columns, rows }: Size) {
    const { CI: _, NO_COLOR: __, LC_ALL: ___, ...inherited } = process.env;
    const env = { ...inherited, TERM: 'xterm-256color', LANG: 'C.UTF-8' } as Record<string, string>;
    const program = fileURLToPath(new URL('./console-program.js', import.meta.url));
    this.#pty = spawn(process.execPath, [program, socketPath], { cols: columns, rows, env });
    this.#pty.onData((text) => {
      this.#bytes += Buffer.byteLength(text);
      this.#onBytes();
    });
    this.#gone = new Promise((resolve) => this.#pty.onExit(() => resolve()));
  }

  /** Resolves when the first screen is drawn and what follows it has settled. */
  async drawn(): Promise<void> {
    while (this.#bytes < 1000) await sleep(50);
    await sleep(2000);
  }

  /** @returns bytes a second, over so many seconds */
  async rate(seconds: number): Promise<number> {
    const [from, began] = [this.#bytes, performance.now()];
    await sleep(seconds * 1000);
    return (this.#bytes - from) / ((performance.now() - began) / 1000);
  }

  /** @returns milliseconds from the key to the first byte after it */
  async press(key: string): Promise<number> {
    const first = new Promise<number>((resolve) => {
      this.#onBytes = () => resolve(performance.now());
    });
    const began = performance.now();
    this.#pty.write(key);
    const at = await first;
    this.#onBytes = () => undefined;
    return at - began;
  }

  /** Nobody reads what the terminal is sent. */
  stall(): void {
    this.#pty.pause();
  }

  goOn(): void {
    this.#pty.resume();
  }

  /** Stops the console itself, so that nobody reads its socket either. */
  freeze(): void {
    process.kill(this.#pty.pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.#pty.pid, 'SIGCONT');
  }

  async leave(): Promise<void> {
    this.#pty.kill('SIGKILL');
    await this.#gone;
  }
}
