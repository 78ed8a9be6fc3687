import { dirname } from 'node:path';
import type { Disk } from './disk.js';
import { atDisk } from './disk-trouble.js';

let temporaries = 0;

/**
 * Puts a new text in the place of a file, so that at every moment a whole version can be read: the new
 * one is complete on the disk before it takes the name, and the old one keeps the name until then.
 * When the promise resolves it survives a power cut. About ten system calls, two of which wait for the disk.
 *
 * @param keepAs  the name that the replaced file keeps; null when nobody will want it
 * @throws DiskTrouble  when the disk refuses a step: a whole version can be read still
 */
export function replaceFile(disk: Disk, path: string, text: string, keepAs: string | null): Promise<void> {
  return atDisk(path, () => replace(disk, path, text, keepAs));
}

async function replace(disk: Disk, path: string, text: string, keepAs: string | null): Promise<void> {
  const temporary = `${path}.${process.pid}-${++temporaries}.tmp`;
  try {
    await disk.create(temporary, text);
    if (keepAs !== null) {
      await disk.remove(keepAs);
      await disk.link(path, keepAs);
    }
    await disk.rename(temporary, path);
  } catch (error) {
    await disk.remove(temporary).catch(() => {}); // the first error is the one that says what is wrong
    throw error;
  }
  await disk.syncFolder(dirname(path));
}
