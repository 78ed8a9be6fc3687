import type { Disk } from '../../src/store/documents/disk.js';
import { MemoryDisk } from '../../src/store/documents/memory-disk.js';

interface Inode {
  text: string;
  synced: boolean;
}
type Names = ReadonlyMap<string, Inode>;

export class Crash extends Error {}

/**
 * A disk that dies after a number of steps, as a machine does: a killed process leaves what the kernel had
 * taken; a power cut leaves the names of the last synced folder and any first part of the changes after it
 * (a journal keeps their order), and half of every file that was not synced.
 */
export class CrashDisk implements Disk {
  stepsLeft = Number.POSITIVE_INFINITY;
  #names: Names;
  /** The names after each change since the last sync, the synced ones first. */
  #journal: Names[];

  constructor(from: MemoryDisk = new MemoryDisk()) {
    this.#names = new Map([...from.files].map(([path, text]) => [path, { text, synced: true }]));
    this.#journal = [this.#names];
  }

  /** Every state the disk may be found in after it died, the killed process's first. */
  remains(): MemoryDisk[] {
    const killed = found(this.#names, (inode) => inode.text);
    const cut = this.#journal.map((names) =>
      found(names, ({ text, synced }) => (synced ? text : text.slice(0, text.length / 2))),
    );
    return [killed, ...cut];
  }

  async read(path: string): Promise<string | null> {
    return this.#names.get(path)?.text ?? null;
  }

  async create(path: string, text: string): Promise<void> {
    const inode = { text: '', synced: false };
    this.#step(() => this.#change((names) => names.set(path, inode)));
    this.#step(() => {
      inode.text = text.slice(0, text.length / 2);
    });
    this.#step(() => {
      inode.text = text;
    });
    this.#step(() => {
      inode.synced = true;
    });
  }

  async link(existing: string, path: string): Promise<boolean> {
    const inode = this.#names.get(existing);
    if (inode === undefined) return false;
    if (this.#names.has(path)) throw new Error(`EEXIST: ${path}`);
    this.#step(() => this.#change((names) => names.set(path, inode)));
    return true;
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step(() =>
      this.#change((names) => {
        names.set(to, names.get(from)!);
        names.delete(from);
      }),
    );
  }

  async remove(path: string): Promise<void> {
    this.#step(() => this.#change((names) => names.delete(path)));
  }

  async names(folder: string): Promise<string[]> {
    return found(this.#names, ({ text }) => text).names(folder);
  }

  async syncFolder(): Promise<void> {
    this.#step(() => {
      this.#journal = [this.#names];
    });
  }

  #step(effect: () => void): void {
    if (this.stepsLeft <= 0) throw new Crash('the machine died');
    this.stepsLeft--;
    effect();
  }

  #change(change: (names: Map<string, Inode>) => void): void {
    const names = new Map(this.#names);
    change(names);
    this.#names = names;
    this.#journal.push(names);
  }
}

function found(names: Names, text: (inode: Inode) => string): MemoryDisk {
  const disk = new MemoryDisk();
  for (const [path, inode] of names) disk.files.set(path, text(inode));
  return disk;
}
