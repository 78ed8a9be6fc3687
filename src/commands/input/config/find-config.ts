import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BadInput } from '../../../words/bad-input.js';
import type { Environment } from '../../process/io.js';

export const CONFIG_FILE = 'nightferry.toml';

type Ground = Pick<Environment, 'cwd' | 'home' | 'env'>;

/** Where a configuration is looked for, the first that is there counts. */
function configPlaces({ cwd, home, env }: Ground): readonly string[] {
  const base = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : join(home, '.config');
  return [join(cwd, CONFIG_FILE), join(base, 'nightferry', CONFIG_FILE)];
}

/**
 * @param given  the file of `--config`; false: `--no-config`
 * @returns the path of the file that counts; null: there is none
 */
export async function findConfig(given: string | false | undefined, ground: Ground): Promise<string | null> {
  if (given === false) return null;
  if (given !== undefined) return resolve(ground.cwd, given);
  for (const path of configPlaces(ground)) {
    const isThere = await access(path).then(
      () => true,
      // A file that is there and cannot be reached is complained about, not passed over.
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
    );
    if (isThere) return path;
  }
  return null;
}

/**
 * The path of the file that counts, for a command that is about it.
 *
 * @throws BadInput  where there is none
 */
export async function mustFind(given: string | false | undefined, ground: Ground): Promise<string> {
  const file = await findConfig(given, ground);
  if (file !== null) return file;
  const places = configPlaces(ground).join(' or ');
  throw new BadInput(`there is no configuration at ${places}; \`nightferry config init\` writes one`);
}
