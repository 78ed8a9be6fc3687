import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BadInput } from '../../words/bad-input.js';
import { codeOf, makeFolder } from '../documents/disk.js';

/**
 * Bytes of the longest path. Linux takes 107 and macOS 103, and Node cuts a longer one off without a word, so that it
 * could meet another batch's socket.
 */
const LONGEST_PATH = 100;

/**
 * Where an engine's socket belongs: a short path that nobody else can put anything in. The folder is made
 * when it is missing, and looked at when it is not. Where another user has taken our name in the temporary folder
 * it is the state folder, if that is short enough.
 *
 * @param uid  of this process; null where the system has none
 * @throws BadInput  when there is no such place
 */
export async function socketPathFor(
  batchDir: string,
  env: Readonly<Record<string, string | undefined>>,
  uid: number | null,
  tmpdir: string,
): Promise<string> {
  const name = `${createHash('sha256').update(resolve(batchDir)).digest('hex').slice(0, 16)}.sock`;
  const runtime = env.XDG_RUNTIME_DIR;
  const folders = [join(tmpdir, `nightferry-${uid ?? 'user'}`)];
  if (runtime?.startsWith('/')) folders.unshift(join(runtime, 'nightferry'));
  const inState = join(dirname(resolve(batchDir)), '.sockets');

  const refused: string[] = [];
  for (const folder of [...folders, inState]) {
    const path = join(folder, name);
    const isTooLong = Buffer.byteLength(path) > LONGEST_PATH;
    // Nobody may have made the state folder before us.
    if (!isTooLong && folder === inState) await makeFolder(dirname(inState)).catch(() => undefined);
    const why = isTooLong ? `longer than ${LONGEST_PATH} bytes` : await unfit(folder, uid);
    if (why === null) return path;
    refused.push(`${folder} (${why})`);
  }
  throw new BadInput(
    `There is no place for the engine's socket: ${refused.join(', ')}. Set XDG_RUNTIME_DIR or TMPDIR to a short path of your own`,
  );
}

/** @returns why a folder cannot be trusted with a socket, or null */
async function unfit(folder: string, uid: number | null): Promise<string | null> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return codeOf(error) || String(error);
  }
  const stat = await lstat(folder);
  if (!stat.isDirectory()) return 'not a folder';
  if (uid !== null && stat.uid !== uid) return `owned by user ${stat.uid}`;
  if ((stat.mode & 0o077) !== 0) return 'open to other users';
  return null;
}
