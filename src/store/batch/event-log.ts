import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, makeFolder } from '../documents/disk.js';

/** One line of events.jsonl. No secret and no message content goes in. */
export interface LogEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly [field: string]: unknown;
}

export interface EventLogLimits {
  /** Bytes after which a file is put aside and a new one begins. */
  readonly fileBytes: number;
  /** Files put aside: events.1.jsonl is the youngest. */
  readonly keep: number;
  /** Bytes that may wait for a slow disk. Lines beyond that are counted and left out. */
  readonly waitingBytes: number;
}

export const LOG_LIMITS: EventLogLimits = { fileBytes: 10 * 2 ** 20, keep: 5, waitingBytes: 8 * 2 ** 20 };

/**
 * The batch's structured log. Appending costs no wait: lines gather while the disk is busy, and go out together. It is
 * a log and no document, so it is not synced. On a full disk lines are lost, and the copy goes on.
 */
export class EventLog {
  readonly #folder: string;
  readonly #limits: EventLogLimits;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #leftOut = 0;
  #lastAt = 0;
  #file: FileHandle | null = null;
  #fileBytes = 0;
  #draining: Promise<void> | null = null;
  #trouble: unknown = null;

  constructor(folder: string, limits: EventLogLimits = LOG_LIMITS) {
    this.#folder = folder;
    this.#limits = limits;
  }

  append(event: LogEvent): void {
    this.#lastAt = event.at;
    const line = `${JSON.stringify(event)}\n`;
    if (this.#waitingBytes + line.length > this.#limits.waitingBytes) {
      this.#leftOut++;
      return;
    }
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    this.#draining ??= this.#drain();
  }

  /**
   * Resolves when all that was appended has been handed to the system.
   *
   * @throws Error of node:fs  when lines could not be written since the last flush
   */
  async flush(): Promise<void> {
    while (this.#draining !== null) await this.#draining;
    const trouble = this.#trouble;
    this.#trouble = null;
    if (trouble !== null) throw trouble;
  }

  /** Writes the waiting lines and closes the file. The next line opens it again. */
  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.#letGo();
    }
  }

  async #drain(): Promise<void> {
    await Promise.resolve(); // the lines of one turn go out together
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      if (this.#leftOut > 0) lines.push(leftOutLine(this.#lastAt, this.#leftOut));
      this.#waiting = [];
      this.#waitingBytes = 0;
      this.#leftOut = 0;
      try {
        await this.#write(lines.join(''));
      } catch (error) {
        this.#trouble ??= error;
        this.#leftOut += lines.length;
        await this.#letGo();
      }
    }
    this.#draining = null;
  }

  async #write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const file = this.#file ?? (await this.#open());
    await file.appendFile(bytes);
    this.#fileBytes += bytes.length;
    if (this.#fileBytes >= this.#limits.fileBytes) await this.#rotate();
  }

  async #open(): Promise<FileHandle> {
    const file = await openToAppend(this.#path(0));
    this.#file = file;
    const { size } = await file.stat();
    this.#fileBytes = size;
    // A crash may have cut off the last line. It must not swallow the next one.
    if (size > 0 && (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] !== 10) await file.appendFile('\n');
    return file;
  }

  async #rotate(): Promise<void> {
    await this.#letGo();
    await rm(this.#path(this.#limits.keep), { force: true });
    for (let n = this.#limits.keep - 1; n >= 0; n--) {
      await rename(this.#path(n), this.#path(n + 1)).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error;
      });
    }
  }

  async #letGo(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    // A failure to write these lines was reported when it happened.
    await file?.close().catch(() => undefined);
  }

  #path(n: number): string {
    return join(this.#folder, n === 0 ? 'events.jsonl' : `events.${n}.jsonl`);
  }
}

function leftOutLine(at: number, lines: number): string {
  const event: LogEvent = { at, level: 'warn', event: 'lines-left-out', lines };
  return `${JSON.stringify(event)}\n`;
}

async function openToAppend(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a+', 0o600);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await makeFolder(join(path, '..'));
    return await open(path, 'a+', 0o600);
  }
}
