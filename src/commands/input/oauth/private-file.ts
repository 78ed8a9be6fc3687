import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { BadInput } from '../../../words/bad-input.js';

/** A key or a token is a few KB; more is another file. */
const LONGEST = 256 * 1024;

/**
 * Reads a file that holds a secret. It must belong to the user who runs this and be closed to everybody else: whoever
 * else can write to it chooses where our secrets are sent.
 *
 * @param what  for messages: `--source-oauth`, `secret-file`
 * @throws BadInput  in one line, without anything of what it holds
 */
export async function readPrivateFile(path: string, what: string): Promise<string> {
  // Without O_NONBLOCK a FIFO would wait for somebody to write.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw new BadInput(`${what} ${path}: cannot be read (${error.code ?? 'unknown error'})`);
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new BadInput(`${what} ${path}: is no file`);
    if (stat.uid !== process.getuid?.())
      throw new BadInput(`${what} ${path}: belongs to another user; it must be yours alone`);
    if ((stat.mode & 0o077) !== 0)
      throw new BadInput(`${what} ${path}: is open to other users; close it with: chmod 600 ${path}`);
    if (stat.size > LONGEST) throw new BadInput(`${what} ${path}: is too large (${stat.size} bytes)`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
