import { link, open, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import { codeOf } from '../../store/documents/disk.js';
import { BadInput } from '../../words/bad-input.js';

const WHY: Readonly<Record<string, string>> = {
  EEXIST: 'there is such a file already; give another name',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'it may not be written there',
  EPERM: 'it may not be written there',
  EROFS: 'it may not be written there',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
};

let files = 0;

/**
 * Writes a file that is not there yet, for its owner alone (0600): under another name beside it, and under its
 * own when it is whole and on the disk. Where that cannot be, or the pieces break off, nothing is left of it.
 *
 * @param path    absolute, or in the home folder (`~/`): whoever asks may stand in another folder than the engine
 * @param pieces  what they throw is thrown on
 * @returns the path as it was understood, and the bytes written
 * @throws BadInput  saying what, where and why
 */
export async function writeNewFile(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ readonly path: string; readonly bytes: number }> {
  const whole = wholePath(path);
  const disk = <T>(done: Promise<T>) => done.catch((error: unknown) => refuse(path, error));
  if (await disk(isThere(whole))) throw new BadInput(`save ${path}: ${WHY.EEXIST}`);
  const unfinished = join(dirname(whole), `.nightferry-${process.pid}-${++files}.part`);
  const file = await disk(open(unfinished, 'wx', 0o600));
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      await disk(file.writeFile(piece));
      bytes += piece.length;
    }
    await disk(file.sync());
    await disk(giveName(unfinished, whole));
  } finally {
    await file.close();
    await rm(unfinished, { force: true });
  }
  return { path: whole, bytes };
}

function wholePath(path: string): string {
  const home = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  if (!isAbsolute(home)) throw new BadInput(`save ${path}: a whole path is expected, from / or ~/ on`);
  if (path.includes('\0')) throw new BadInput('save: a path cannot hold NUL');
  if (path.endsWith('/') || basename(home) === '')
    throw new BadInput(`save ${path}: that is a folder; give a name in it`);
  return normalize(home);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Gives the finished file its name. link() refuses a name that is taken, in one step. Where a file system has no links,
 * the name is taken first.
 */
async function giveName(unfinished: string, path: string): Promise<void> {
  try {
    await link(unfinished, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    await (await open(path, 'wx', 0o600)).close();
    await rename(unfinished, path);
  }
}

function refuse(path: string, error: unknown): never {
  const code = codeOf(error);
  if (code === '') throw error;
  throw new BadInput(`save ${path}: ${WHY[code] ?? `it cannot be written (${code})`}`);
}
