import { MemoryDisk } from '../../src/store/documents/memory-disk.js';

/** Whether the n-th call of the disk is refused, and with which code; the first is 1. */
export type Refuses = (call: number, path: string) => string | null;

/** A disk that refuses calls as a real one does: full, read-only, broken, out of files. */
export class FaultyDisk extends MemoryDisk {
  calls = 0;
  refused = 0;
  refuses: Refuses = () => null;

  override async read(path: string): Promise<string | null> {
    this.#step('open', path, ['EMFILE', 'ENFILE', 'EIO']);
    return super.read(path);
  }

  override async create(path: string, text: string): Promise<void> {
    this.#step('open', path, null);
    // The name is there before its content is.
    await super.create(path, text.slice(0, text.length / 2));
    this.#step('write', path, null);
    await super.create(path, text);
  }

  override async link(existing: string, path: string): Promise<boolean> {
    this.#step('link', path, null);
    return super.link(existing, path);
  }

  override async rename(from: string, to: string): Promise<void> {
    this.#step('rename', to, null);
    await super.rename(from, to);
  }

  override async remove(path: string): Promise<void> {
    // A full disk lets go of what it has.
    this.#step('unlink', path, ['EROFS', 'EIO']);
    await super.remove(path);
  }

  override async names(folder: string): Promise<string[]> {
    this.#step('scandir', folder, ['EMFILE', 'ENFILE', 'EIO']);
    return super.names(folder);
  }

  override async syncFolder(folder = ''): Promise<void> {
    this.#step('fsync', folder, ['EIO', 'EMFILE', 'ENFILE']);
  }

  /** @param only  codes that such a call can meet; null: all */
  #step(syscall: string, path: string, only: readonly string[] | null): void {
    const code = this.refuses(++this.calls, path);
    if (code === null || (only !== null && !only.includes(code))) return;
    this.refused++;
    throw Object.assign(new Error(`${code}: as the disk says, ${syscall}`), { code, syscall });
  }
}
