import { execFileSync } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';

const ROOM = 64 << 20;

/** A state folder of its own file system, which can be full. */
export class SmallDisk {
  static readonly available = process.getuid?.() === 0 && mounts();
  #mounted = false;
  readonly #left = () => this.remove();

  constructor(readonly dir: string) {}

  async make(): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    if (!SmallDisk.available) return;
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${ROOM}`, 'nightferry-faults', this.dir]);
    this.#mounted = true;
    process.once('exit', this.#left);
  }

  /** Leaves room for one block more. @returns false where the folder is on an ordinary disk */
  fill(): boolean {
    if (!this.#mounted) return false;
    const { bsize, blocks, bfree } = statfsSync(this.dir);
    this.#resize((blocks - bfree + 1) * bsize);
    return true;
  }

  empty(): void {
    if (this.#mounted) this.#resize(ROOM);
  }

  remove(): void {
    process.off('exit', this.#left);
    if (this.#mounted) execFileSync('umount', ['-l', this.dir]);
    this.#mounted = false;
  }

  #resize(bytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${bytes}`, this.dir]);
  }
}

function mounts(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'nightferry-faults', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const LIBFAKETIME = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/faketime/libfaketime.so.1',
].find((path) => existsSync(path));

/** A wall clock that can be set while a program runs; its monotonic clock goes on. */
export class WallClock {
  static readonly available = LIBFAKETIME !== undefined;

  constructor(private readonly file: string) {}

  async set(hours: number): Promise<void> {
    await writeFile(this.file, `${hours < 0 ? '-' : '+'}${Math.abs(hours)}h\n`);
  }

  /** For the program's environment. */
  get env(): Record<string, string> {
    if (LIBFAKETIME === undefined) return {};
    return {
      LD_PRELOAD: LIBFAKETIME,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }
}
