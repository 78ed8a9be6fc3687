import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where servers are put that an ordinary user's PATH may leave out. */
const SYSTEM = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];

/** The full path of a program, or null where it is not installed. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM].filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
