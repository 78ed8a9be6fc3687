import { randomUUID } from 'node:crypto';
import { link, lstat, open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { codeOf } from '../documents/disk.js';
import { atDisk, DiskTrouble } from '../documents/disk-trouble.js';
import { lifeOf, ownIdentity, processIdentitySchema } from './process-identity.js';

/** The content of a lock file. */
const holderSchema = z.strictObject({
  version: z.literal(1),
  ...processIdentitySchema.shape,
  /** Unique among all locks ever taken. A file beside the lock may be named by it. */
  nonce: z.string().regex(/^[\w-]{1,64}$/),
  socketPath: z.string().nullable(),
  /** Milliseconds since the epoch. */
  since: z.number(),
});
export type Holder = z.infer<typeof holderSchema>;

export type LockAttempt =
  | { readonly kind: 'taken'; readonly lock: ProcessLock }
  | { readonly kind: 'held'; readonly by: Holder; readonly life: 'alive' | 'foreign' }
  /** The file is none that a version of this program wrote.  @param why  what it is, in plain words */
  | { readonly kind: 'unreadable'; readonly why: string };

/** Tries at a lock that vanishes each time it is looked at. So many holders in a row are no accident. */
const MOST_TRIES = 1_000;

/** The state of a place where a lock belongs. */
export type Found =
  | { readonly kind: 'free' }
  | { readonly kind: 'holder'; readonly holder: Holder }
  | { readonly kind: 'unreadable'; readonly why: string };

/** A lock file that belongs to this process until it is released, or until the process ends, however it ends. */
class ProcessLock {
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

  /** Releases the lock. A second call does nothing. */
  async release(): Promise<void> {
    const found = await readLock(this.path);
    // If the disk refuses to remove the lock, it is void when this process has ended.
    if (found.kind === 'holder' && found.holder.nonce === this.#holder.nonce)
      await rm(this.path, { force: true }).catch(() => undefined);
  }
}

/**
 * Takes a lock that no living process holds. A lock is judged by its process and not by its age, so that the lock of a
 * process that was killed a moment ago is free.
 *
 * @param now  milliseconds since the epoch
 * @throws DiskTrouble  when the disk refuses it; ENOENT when the folder is not there
 */
export async function takeLock(path: string, socketPath: string | null, now: number): Promise<LockAttempt> {
  const holder: Holder = { version: 1, ...(await ownIdentity()), nonce: randomUUID(), socketPath, since: now };
  return await atDisk(path, async () => {
    const written = await writeAside(path, holder);
    try {
      return await take(path, written, holder);
    } finally {
      await rm(written, { force: true });
    }
  });
}

/** The holder of a lock: alive, or on another machine. Null: nobody holds it. */
export async function lookAtLock(
  path: string,
): Promise<{ readonly holder: Holder; readonly life: 'alive' | 'foreign' } | null> {
  const found = await readLock(path);
  if (found.kind !== 'holder') return null;
  const life = await lifeOf(found.holder);
  return life === 'dead' ? null : { holder: found.holder, life };
}

/**
 * A free lock is taken by link(2), which fails where a file is. A dead holder's is replaced by whoever
 * holds the right to replace it, which is itself a lock, named by that holder's nonce: of any number of
 * processes that found the same dead holder one gets it, and if that one dies too its right is taken over
 * in the same way. The right is worth something only while the dead holder's file still stands there,
 * for a holder that was replaced never comes back.
 */
async function take(path: string, written: string, holder: Holder): Promise<LockAttempt> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    try {
      await link(written, path);
      return { kind: 'taken', lock: new ProcessLock(path, holder) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const found = await readLock(path);
    if (found.kind === 'free') continue;
    if (found.kind === 'unreadable') return found;
    const { holder: by } = found;
    const life = await lifeOf(by);
    if (life !== 'dead') return { kind: 'held', by, life };

    const right = await take(`${path}.${by.nonce}`, written, holder);
    if (right.kind !== 'taken') return right;
    try {
      const still = await readLock(path);
      if (still.kind !== 'holder' || still.holder.nonce !== by.nonce) continue;
      // rename(2) of two names of one file does nothing, so the lock gets a file of its own.
      await rename(await writeAside(path, holder), path);
      return { kind: 'taken', lock: new ProcessLock(path, holder) };
    } finally {
      await right.lock.release();
    }
  }
  return { kind: 'unreadable', why: 'it comes and goes' };
}

/**
 * Writes a file whole and on the disk before it gets its name, so that a power cut leaves no half lock. Its folder must
 * exist.
 */
async function writeAside(path: string, holder: Holder): Promise<string> {
  const written = `${path}.${randomUUID()}.tmp`;
  const file = await open(written, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(holder)}\n`);
    await file.sync();
  } catch (error) {
    // A full disk leaves an empty file. It is removed, so that it does not fill the disk further.
    await rm(written, { force: true }).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
  return written;
}

export async function readLock(path: string): Promise<Found> {
  try {
    return { kind: 'holder', holder: holderSchema.parse(JSON.parse(await readFile(path, 'utf8'))) };
  } catch (error) {
    const code = codeOf(error);
    // A link that leads nowhere reads like a missing file, and is in the way all the same. Or a file has come since:
    // another process took the lock, and the next look finds its holder.
    if (code === 'ENOENT')
      return (await isLink(path)) ? { kind: 'unreadable', why: 'a link that leads nowhere' } : FREE;
    return { kind: 'unreadable', why: code === '' ? 'no lock of this program' : new DiskTrouble(path, code, error).is };
  }
}

const FREE: Found = { kind: 'free' };

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isSymbolicLink() ?? false;
}
