import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { BadInput } from '../../../words/bad-input.js';

/** A key, a token or a configuration is a few KB; more is another file. */
const LONGEST = 256 * 1024;

/** Whom a file must be closed to: everybody else, or everybody else who would write. */
type ClosedTo = 'others' | 'other writers';

/**
 * Reads a file that holds a secret. It must belong to the user who runs this and be closed to everybody else: whoever
 * else can write to it chooses where our secrets are sent.
 *
 * @param what  for messages: `--source-oauth`, `secret-file`
 * @throws BadInput  in one line, without anything of what it holds
 */
export async function readPrivateFile(path: string, what: string): Promise<string> {
  return await readClosed(path, what, 'others');
}

/**
 * Reads a file that holds no secret, and says where secrets go: nobody else may write it.
 *
 * @throws BadInput
 */
export async function readOwnFile(path: string, what: string): Promise<string> {
  return await readClosed(path, what, 'other writers');
}

async function readClosed(path: string, what: string, closedTo: ClosedTo): Promise<string> {
  // Without O_NONBLOCK a FIFO would wait for somebody to write.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw new BadInput(`${what} ${path}: cannot be read (${error.code ?? 'unknown error'})`);
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new BadInput(`${what} ${path}: is no file`);
    if (stat.uid !== process.getuid?.())
      throw new BadInput(`${what} ${path}: belongs to another user; it must be yours alone`);
    if (closedTo === 'others' && (stat.mode & 0o077) !== 0)
      throw new BadInput(`${what} ${path}: is open to other users; close it with: chmod 600 ${path}`);
    if ((stat.mode & 0o022) !== 0)
      throw new BadInput(`${what} ${path}: may be written by other users; close it with: chmod go-w ${path}`);
    if (stat.size > LONGEST) throw new BadInput(`${what} ${path}: is too large (${stat.size} bytes)`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
