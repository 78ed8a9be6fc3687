import { lstat, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { codeOf } from '../documents/disk.js';

/**
 * Milliseconds after which a socket without a listener is stale. An engine opens its socket in two steps, so a younger
 * one may not listen yet.
 */
const YOUNG = 60_000;

/** Milliseconds in which a living engine answers. A socket that is silent for longer is left alone. */
const ANSWERS_WITHIN = 1_000;

/**
 * Removes the sockets of engines that were killed. The kernel tells a process that connects whether anybody listens;
 * sockets that it cannot tell of stay.
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

/** Whether the kernel says that no process listens on a socket. */
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
