import { MemoryDisk } from '../../src/store/documents/memory-disk.js';

/** A disk whose process dies after a number of steps: from then on nothing is written, and what stands there stays. */
export class MortalDisk extends MemoryDisk {
  stepsLeft = Number.POSITIVE_INFINITY;
  onDeath: () => void = () => {};

  override async create(path: string, text: string): Promise<void> {
    this.#step();
    await super.create(path, text);
  }

  override async link(existing: string, path: string): Promise<boolean> {
    this.#step();
    return super.link(existing, path);
  }

  override async rename(from: string, to: string): Promise<void> {
    this.#step();
    await super.rename(from, to);
  }

  override async remove(path: string): Promise<void> {
    this.#step();
    await super.remove(path);
  }

  /** The files that the next process finds. */
  heir(): MortalDisk {
    const heir = new MortalDisk();
    for (const [path, text] of this.files) heir.files.set(path, text);
    return heir;
  }

  #step(): void {
    if (this.stepsLeft <= 0) {
      this.onDeath();
      throw new Error('the process is dead');
    }
    this.stepsLeft--;
  }
}
