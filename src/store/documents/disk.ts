import { constants, readFile as readWithCallback } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** The callback form of readFile. The one of node:fs/promises needs twice as many thread switches a file. */
const readFile = promisify(readWithCallback);

/**
 * The steps in which a durable document is written. Each is one or two system calls, so that a test can end the program
 * between any two of them. Errors are those of node:fs.
 */
export interface Disk {
  /** @returns null when nothing is there */
  read(path: string): Promise<string | null>;
  /** Writes a whole new file (0600) and waits until its content is on the disk; makes its folders (0700). */
  create(path: string, text: string): Promise<void>;
  /** Gives a file a second name. @returns false when there is no such file */
  link(existing: string, path: string): Promise<boolean>;
  rename(from: string, to: string): Promise<void>;
  /** Takes a name away; nothing happens when it is not there. */
  remove(path: string): Promise<void>;
  /** Names in a folder, in any order; none when there is no such folder. */
  names(folder: string): Promise<string[]>;
  /** Waits until the names in a folder are on the disk. */
  syncFolder(folder: string): Promise<void>;
}

/** Codes of file systems without hard links (FAT, some network mounts). */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/*
 * Not write-file-atomic: it syncs the file but not the folder, keeps no previous version, asks realpath and
 * stat at every write, and does not repeat a short write.
 */
export const nodeDisk: Disk = {
  async read(path) {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  },

  async create(path, text) {
    const file = await openNew(path);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
  },

  async link(existing, path) {
    try {
      await link(existing, path);
      return true;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT') return false;
      if (!NO_LINKS.has(code)) throw error;
      // The copy is not synced. It is needed only if the next version turns out bad, and that one is synced.
      await copyFile(existing, path, constants.COPYFILE_FICLONE);
      return true;
    }
  },

  rename,

  remove(path) {
    return rm(path, { force: true });
  },

  async names(folder) {
    try {
      return await readdir(folder);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  },

  async syncFolder(folder) {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * Opens a new file. Folders are made only when they turn out to be missing, so that a checkpoint does not ask for them
 * every time.
 */
async function openNew(path: string) {
  try {
    return await open(path, 'w', 0o600);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await makeFolder(dirname(path));
    return await open(path, 'w', 0o600);
  }
}

/** Makes a folder and those above it (0700), and waits until their names are on the disk. */
export async function makeFolder(folder: string): Promise<void> {
  const topmost = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (topmost === undefined) return;
  for (let made = folder; made.length >= topmost.length; made = dirname(made)) await nodeDisk.syncFolder(dirname(made));
}
