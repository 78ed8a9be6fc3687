import { BadInput } from '../../words/bad-input.js';
import { codeOf } from './disk.js';

/** `passes`: it may be over in a moment, without anybody's help. `stays`: somebody has to act. */
export type DiskOutlook = 'passes' | 'stays';

interface Meaning {
  readonly outlook: DiskOutlook;
  readonly is: string;
  readonly todo: string;
}

const NO_ACCESS: Meaning = {
  outlook: 'stays',
  is: 'this user has no access to it',
  todo: 'Give it to the user that runs nightferry, or run nightferry as its owner',
};
const TOO_MANY_FILES: Meaning = {
  outlook: 'passes',
  is: 'too many files and connections are open',
  todo: 'Raise the limit (ulimit -n), or lower --concurrency',
};
const NO_FOLDER: Meaning = { outlook: 'stays', is: 'its folder is missing', todo: 'Put the folder back' };
const A_FOLDER: Meaning = {
  outlook: 'stays',
  is: 'a folder stands where a file belongs',
  todo: 'Move it away',
};
const BROKEN: Meaning = { outlook: 'passes', is: 'the disk reports an error', todo: 'Check the disk and its mount' };

/** By the code of the system call, as node:fs names them. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOSPC: { outlook: 'passes', is: 'the disk is full', todo: 'Make room there' },
  EDQUOT: { outlook: 'passes', is: 'the disk quota is used up', todo: 'Make room there, or raise the quota' },
  EFBIG: { outlook: 'stays', is: 'files may not grow so large', todo: 'Raise the limit (ulimit -f)' },
  EROFS: {
    outlook: 'stays',
    is: 'the file system is read-only',
    todo: 'Mount it for writing, or name another folder with --state',
  },
  EACCES: NO_ACCESS,
  EPERM: NO_ACCESS,
  EIO: BROKEN,
  ENXIO: BROKEN,
  ENODEV: BROKEN,
  ESTALE: BROKEN,
  EBUSY: BROKEN,
  EMFILE: TOO_MANY_FILES,
  ENFILE: TOO_MANY_FILES,
  EISDIR: A_FOLDER,
  ERR_FS_EISDIR: A_FOLDER,
  ENOTDIR: { outlook: 'stays', is: 'a file stands where its folder belongs', todo: 'Move that file away' },
  ENOTEMPTY: A_FOLDER,
  ENOENT: NO_FOLDER,
  ELOOP: { outlook: 'stays', is: 'its links lead in a circle', todo: 'Remove them' },
  ENAMETOOLONG: { outlook: 'stays', is: 'its path is too long', todo: 'Name a shorter folder with --state' },
  EEXIST: { outlook: 'stays', is: 'something else stands in its place', todo: 'Move that away' },
};

/** Calls of sockets and processes. Their errors belong to a server or a connection, even with a code that disks use. */
const OF_SOCKETS: ReadonlySet<string> = new Set([
  'connect',
  'listen',
  'bind',
  'accept',
  'getaddrinfo',
  'queryA',
  'shutdown',
]);

const isNoFileCall = (syscall: string) => OF_SOCKETS.has(syscall) || syscall.startsWith('spawn');

/**
 * The disk refused a step on one of our files: it is full, read-only or broken, or the file is not ours. One line says
 * what to do.
 */
export class DiskTrouble extends BadInput {
  /** The code of node:fs: `ENOSPC`. */
  readonly code: string;
  readonly path: string;
  readonly outlook: DiskOutlook;
  /** In plain words, without the place: `the disk is full`. */
  readonly is: string;

  constructor(path: string, code: string, cause: unknown) {
    const meaning = MEANINGS[code] ?? BROKEN;
    super(`${path}: ${meaning.is} (${code}). ${meaning.todo}`, { cause });
    this.code = code;
    this.path = path;
    this.outlook = meaning.outlook;
    this.is = meaning.is;
  }
}

/**
 * The trouble that an error of node:fs tells of; null: the error is not about a disk.
 *
 * @returns the trouble that an error of node:fs tells of; null for an error that is none of the disk's
 */
export function diskTroubleIn(error: unknown): DiskTrouble | null {
  if (error instanceof DiskTrouble) return error;
  if (!(error instanceof Error) || !('syscall' in error) || isNoFileCall(String(error.syscall))) return null;
  const code = codeOf(error);
  if (!(code in MEANINGS)) return null;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : 'the state folder';
  return new DiskTrouble(path, code, error);
}

/**
 * Runs steps on one of our files. The error of a full disk does not name the file, so it is named here.
 *
 * @throws DiskTrouble  where the disk refuses a step
 */
export async function atDisk<T>(path: string, steps: () => Promise<T>): Promise<T> {
  try {
    return await steps();
  } catch (error) {
    const code = codeOf(error);
    throw error instanceof BadInput || !(code in MEANINGS) ? error : new DiskTrouble(path, code, error);
  }
}
