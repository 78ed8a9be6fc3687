import { rename, rm, writeFile } from 'node:fs/promises';
import type { Secret } from '../../../engine/imap/session/credentials.js';
import { BadInput } from '../../../words/bad-input.js';

/**
 * Puts a refresh token into the file that the operator named for it: closed to others, and whole or not at all.
 *
 * @throws BadInput  where it cannot be written
 */
export async function writeRefreshToken(path: string, token: Secret): Promise<void> {
  const beside = `${path}.new`;
  try {
    await rm(beside, { force: true });
    await writeFile(beside, `${token.reveal()}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await rename(beside, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new BadInput(`refresh-token-file ${path}: the new token cannot be written (${code})`);
  }
}
