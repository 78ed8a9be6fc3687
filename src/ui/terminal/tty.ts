import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { Clock } from '../../words/clock.js';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** A terminal to draw on. It never waits for a reader. */
export interface TerminalOutput {
  size(): ScreenSize;
  /** Keeps text that the terminal does not take at once, and sets `needsDrain` until it took it. */
  write(text: string): void;
  readonly needsDrain: boolean;
  onDrain(listener: () => void): void;
  /** Forgets what is kept and tries this at once: the last words of a program. */
  lastWords(text: string): void;
  /** Resolves when all was taken, or after so many milliseconds. */
  flushed(within: number): Promise<void>;
  /** The terminal is gone (EIO, ENXIO, EBADF). Called once. */
  onGone(listener: () => void): void;
  close(): void;
}

/** How a file is written to without waiting: the number of bytes it took, or null when it takes none now. */
export type TryWrite = (bytes: Uint8Array) => number | null;

const FIRST_RETRY_MS = 5;
const LONGEST_RETRY_MS = 100;

/**
 * Node's own stream writes to a terminal synchronously: a stalled SSH link would freeze the console with
 * its first full buffer, keys and all. So the terminal is opened anew, without blocking; the shell's own
 * descriptor stays as it is.
 *
 * @returns null where there is no such terminal
 */
export function openTerminal(size: () => ScreenSize, clock: Clock): TerminalOutput | null {
  for (const path of ['/dev/tty', '/proc/self/fd/1']) {
    try {
      const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
      return new PatientTerminal(
        (bytes) => tryWrite(fd, bytes),
        size,
        clock,
        () => closeSync(fd),
      );
    } catch {
      // No controlling terminal, or a system without /proc: the next one.
    }
  }
  return null;
}

function tryWrite(fd: number, bytes: Uint8Array): number | null {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null;
    throw error;
  }
}

/** Keeps what was not taken, at most one frame of it: whoever writes looks at `needsDrain` first. */
export class PatientTerminal implements TerminalOutput {
  #rest: Uint8Array = new Uint8Array(0);
  #retry = FIRST_RETRY_MS;
  #gone = false;
  #waiting = false;
  readonly #drained: (() => void)[] = [];
  readonly #lost: (() => void)[] = [];

  constructor(
    private readonly tryWrite: TryWrite,
    readonly size: () => ScreenSize,
    private readonly clock: Clock,
    private readonly release: () => void,
  ) {}

  get needsDrain(): boolean {
    return this.#rest.length > 0;
  }

  write(text: string): void {
    if (this.#gone) return;
    const bytes = Buffer.from(text);
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    if (!this.#waiting) this.#push();
  }

  onDrain(listener: () => void): void {
    this.#drained.push(listener);
  }

  onGone(listener: () => void): void {
    this.#lost.push(listener);
  }

  lastWords(text: string): void {
    // CAN ends a sequence of which only the beginning was taken (ECMA-48 8.3.5).
    this.#rest = Buffer.from(this.needsDrain ? `\u0018${text}` : text);
    if (!this.#gone) this.#push();
  }

  async flushed(within: number): Promise<void> {
    const until = this.clock.monotonic() + within;
    while (this.needsDrain && !this.#gone && this.clock.monotonic() < until) await this.clock.sleep(FIRST_RETRY_MS);
  }

  close(): void {
    if (!this.#gone) this.release();
    this.#gone = true;
    this.#rest = new Uint8Array(0);
  }

  #push(): void {
    try {
      while (this.#rest.length > 0) {
        const taken = this.tryWrite(this.#rest);
        if (!taken) {
          this.#later();
          return;
        }
        this.#rest = this.#rest.subarray(taken);
        this.#retry = FIRST_RETRY_MS;
      }
    } catch {
      this.close();
      for (const listener of this.#lost) listener();
    }
  }

  #later(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    void this.clock.sleep(this.#retry).then(() => {
      this.#waiting = false;
      if (this.#gone) return;
      this.#retry = Math.min(LONGEST_RETRY_MS, this.#retry * 2);
      const kept = this.needsDrain;
      this.#push();
      if (kept && !this.needsDrain && !this.#gone) for (const listener of this.#drained) listener();
    });
  }
}
