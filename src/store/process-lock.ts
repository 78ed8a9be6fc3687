import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { codeOf } from './disk.js';
import { lifeOf, ownIdentity, processIdentitySchema } from './process-identity.js';

/** What stands in a lock file. */
const holderSchema = z.strictObject({
  version: z.literal(1),
  ...processIdentitySchema.shape,
  /** No two locks ever taken have the same. */
  nonce: z.string(),
  socketPath: z.string().nullable(),
  /** Milliseconds since the epoch. */
  since: z.number(),
});
export type Holder = z.infer<typeof holderSchema>;

export type LockAttempt =
  | { readonly kind: 'taken'; readonly lock: ProcessLock }
  | { readonly kind: 'held'; readonly by: Holder; readonly life: 'alive' | 'foreign' }
  /** Something lies there that no version of this program wrote. */
  | { readonly kind: 'unreadable' };

/** A lock file that is this process's until it is released or the process ends, however it ends. */
export class ProcessLock {
  readonly path: string;
  #holder: Holder;

  constructor(path: string, holder: Holder) {
    this.path = path;
    this.#holder = holder;
  }

  /** Writes where the holder's socket is, for others to read. */
  async setSocket(socketPath: string | null): Promise<void> {
    const holder = { ...this.#holder, socketPath };
    const written = await writeAside(this.path, holder);
    await rename(written, this.path);
    this.#holder = holder;
  }

  /** Releasing it twice does nothing. */
  async release(): Promise<void> {
    const found = await readHolder(this.path);
    if (found !== null && found !== 'unreadable' && found.nonce === this.#holder.nonce)
      await rm(this.path, { force: true });
  }
}

/**
 * Takes a lock that nobody living holds. A lock is judged by its process and not by its age, so that one
 * whose holder was killed a moment ago does not stand in the way.
 *
 * @param now  milliseconds since the epoch
 * @throws Error of node:fs  ENOENT when the folder is not there
 */
export async function takeLock(path: string, socketPath: string | null, now: number): Promise<LockAttempt> {
  const holder: Holder = { version: 1, ...(await ownIdentity()), nonce: randomUUID(), socketPath, since: now };
  const written = await writeAside(path, holder);
  try {
    return await take(path, written, holder);
  } finally {
    await rm(written, { force: true });
  }
}

/** Who holds a lock: alive, or on another machine. Null when nobody does. */
export async function lookAtLock(path: string): Promise<Holder | null> {
  const found = await readHolder(path);
  if (found === null || found === 'unreadable') return null;
  return (await lifeOf(found)) === 'dead' ? null : found;
}

/**
 * A free lock is taken by link(2), which fails where a file is. A dead holder's is replaced by whoever
 * holds the right to replace it, which is itself a lock, named by that holder's nonce: of any number of
 * processes that found the same dead holder one gets it, and if that one dies too its right is taken over
 * in the same way. The right is worth something only while the dead holder's file still stands there,
 * for a holder that was replaced never comes back.
 */
async function take(path: string, written: string, holder: Holder): Promise<LockAttempt> {
  for (;;) {
    try {
      await link(written, path);
      return { kind: 'taken', lock: new ProcessLock(path, holder) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const found = await readHolder(path);
    if (found === null) continue;
    if (found === 'unreadable') return { kind: 'unreadable' };
    const life = await lifeOf(found);
    if (life !== 'dead') return { kind: 'held', by: found, life };

    const right = await take(`${path}.${found.nonce}`, written, holder);
    if (right.kind !== 'taken') return right;
    try {
      const still = await readHolder(path);
      if (still === null || still === 'unreadable' || still.nonce !== found.nonce) continue;
      // rename(2) of two names of one file does nothing, so the lock gets a file of its own.
      await rename(await writeAside(path, holder), path);
      return { kind: 'taken', lock: new ProcessLock(path, holder) };
    } finally {
      await right.lock.release();
    }
  }
}

/** Whole and on the disk before it gets its name: a power cut leaves no half a lock. Its folder must be there. */
async function writeAside(path: string, holder: Holder): Promise<string> {
  const written = `${path}.${randomUUID()}.tmp`;
  const file = await open(written, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(holder)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return written;
}

async function readHolder(path: string): Promise<Holder | 'unreadable' | null> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : 'unreadable';
  }
}
