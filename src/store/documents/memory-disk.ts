import type { Disk } from './disk.js';

/** A disk in memory, a map of paths to texts. Documents behave on it as on a real one, and are lost with it. */
export class MemoryDisk implements Disk {
  readonly files = new Map<string, string>();

  async read(path: string): Promise<string | null> {
    return this.files.get(path) ?? null;
  }

  async create(path: string, text: string): Promise<void> {
    this.files.set(path, text);
  }

  async link(existing: string, path: string): Promise<boolean> {
    const text = this.files.get(existing);
    if (text !== undefined) this.files.set(path, text);
    return text !== undefined;
  }

  async rename(from: string, to: string): Promise<void> {
    const text = this.files.get(from);
    if (text === undefined) throw Object.assign(new Error(`ENOENT: ${from}`), { code: 'ENOENT' });
    this.files.delete(from);
    this.files.set(to, text);
  }

  async remove(path: string): Promise<void> {
    this.files.delete(path);
  }

  async names(folder: string): Promise<string[]> {
    const names = new Set<string>();
    for (const path of this.files.keys())
      if (path.startsWith(`${folder}/`)) names.add(path.slice(folder.length + 1).split('/', 1)[0] ?? '');
    return [...names];
  }

  async syncFolder(): Promise<void> {}
}
