import { type IPty, spawn } from '@lydell/node-pty';
import { placeOn, Screen, type Size } from './screen.js';

export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A key that does nothing that can be seen is a fault of the bench. */
const EFFECT_WITHIN_MS = 10_000;

/** Milliseconds from a key, pressed on a terminal. */
export interface Pressed {
  /** To the first byte of any frame: one that would have come anyway counts, and flatters. */
  readonly firstByte: number;
  /** To the bytes that show what the key did. */
  readonly effect: number;
}

/** A console under a pty: its screen is seen, what it writes is counted. */
export class ConsoleOnPty {
  readonly screen: Screen;
  readonly startedAt = performance.now();
  readonly #pty: IPty;
  readonly #gone: Promise<number>;
  #bytes = 0;
  #onBytes: () => void = () => undefined;

  /** @param command arguments to Node: the program and its words */
  constructor(command: readonly string[], { columns, rows }: Size, env: Readonly<Record<string, string>> = {}) {
    const { CI: _, NO_COLOR: __, LC_ALL: ___, ...inherited } = process.env;
    const own = { ...inherited, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env } as Record<string, string>;
    this.screen = new Screen({ columns, rows });
    this.#pty = spawn(process.execPath, [...command], { cols: columns, rows, env: own });
    this.#pty.onData((text) => {
      this.#bytes += Buffer.byteLength(text);
      this.#onBytes();
      this.screen.show(text);
    });
    this.#gone = new Promise((resolve) => this.#pty.onExit(({ exitCode }) => resolve(exitCode)));
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Resolves with its exit code. */
  get gone(): Promise<number> {
    return this.#gone;
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

  /** @param key one that goes somewhere: to another row or another screen */
  async press(key: string): Promise<Pressed> {
    const before = placeOn(this.screen.lines);
    let firstByte: number | null = null;
    this.#onBytes = () => {
      firstByte ??= performance.now();
    };
    const began = performance.now();
    this.#pty.write(key);
    const goes = (lines: readonly string[]) => placeOn(lines) !== before;
    const effect = await this.screen.until(`what ${key} does`, goes, EFFECT_WITHIN_MS);
    this.#onBytes = () => undefined;
    return { firstByte: (firstByte ?? effect) - began, effect: effect - began };
  }

  /** Types without waiting for anything. */
  type(keys: string): void {
    this.#pty.write(keys);
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

  async kill(): Promise<void> {
    this.#pty.kill('SIGKILL');
    await this.#gone;
  }
}
