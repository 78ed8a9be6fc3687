import { lstat, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { codeOf } from '../documents/disk.js';

/** An engine opens its socket in two steps, a moment apart: one that is so young may not listen yet. Milliseconds. */
const YOUNG = 60_000;

/** A living engine answers at once; one that does not is left alone. Milliseconds. */
const ANSWERS_WITHIN = 1_000;

/**
 * Removes the sockets of engines that were killed: nobody listens there any more, which the kernel tells whoever
 * connects. What it cannot tell of stays.
 *
 * @param folder  where engines of this user have their sockets
 * @param now     milliseconds since the epoch
 */
export async function sweepSockets(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const sockets = names.filter((name) => /^[0-9a-f]{16}\.sock$/.test(name)).map((name) => join(folder, name));
  await Promise.all(sockets.map((path) => sweep(path, now)));
}

async function sweep(path: string, now: number): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (!found?.isSocket() || now - found.ctimeMs < YOUNG) return;
  if (await isDeaf(path)) await rm(path, { force: true }).catch(() => undefined);
}

/** Whether the kernel says that no process listens there. */
function isDeaf(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const tell = (deaf: boolean) => {
      socket.destroy();
      resolve(deaf);
    };
    socket.setTimeout(ANSWERS_WITHIN, () => tell(false));
    socket.once('connect', () => tell(false));
    socket.once('error', (error) => tell(codeOf(error) === 'ECONNREFUSED'));
  });
}
