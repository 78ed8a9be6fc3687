import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BadInput } from '../../words/bad-input.js';
import { type Disk, makeFolder } from '../documents/disk.js';
import { atDisk } from '../documents/disk-trouble.js';
import { type Holder, readLock, takeLock } from './process-lock.js';

export interface DestinationLock {
  release(): Promise<void>;
}

/**
 * The right to write into a destination mailbox. Two batches that fill the same mailbox would each take the other's
 * messages for a stranger's.
 *
 * @param root  of the workspace
 * @param key   names the mailbox the same way in every batch: host, port, login
 * @param now   milliseconds since the epoch
 * @param told  the mailbox as an operator knows it
 * @throws BadInput  when another process has it
 */
export async function lockDestination(root: string, key: string, now: number, told = key): Promise<DestinationLock> {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 24);
  const folder = join(root, '.locks');
  const path = join(folder, `${name}.lock`);
  await atDisk(folder, () => makeFolder(folder));
  const attempt = await takeLock(path, null, now);
  if (attempt.kind === 'taken') return attempt.lock;
  if (attempt.kind === 'unreadable') {
    throw new BadInput(
      `The lock ${path} cannot be read (${attempt.why}): remove it when nothing else copies into ${told}`,
    );
  }
  const { pid, host } = attempt.by;
  const where = attempt.life === 'alive' ? '' : ` on ${host} (if that is gone for good, remove ${path})`;
  throw new BadInput(`The destination mailbox ${told} is being filled by process ${pid}${where}: one at a time`);
}

/**
 * Frees the destination mailboxes of an engine on another machine, on the word of an operator that it is gone.
 *
 * @param of  a lock that it left
 */
export async function freeDestinationsOf(
  root: string,
  of: Pick<Holder, 'pid' | 'host'>,
  disk: Pick<Disk, 'names'>,
): Promise<void> {
  const folder = join(root, '.locks');
  for (const name of await disk.names(folder)) {
    const path = join(folder, name);
    const found = await readLock(path);
    if (found.kind === 'holder' && found.holder.host === of.host && found.holder.pid === of.pid)
      await atDisk(path, () => rm(path, { force: true }));
  }
}
