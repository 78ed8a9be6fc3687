import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BadInput } from '../../words/bad-input.js';
import { CONFIG_FILE } from '../input/config/find-config.js';
import { wholePath } from '../input/whole-path.js';
import type { Environment, Stdout } from '../process/io.js';
import { TEMPLATE } from './template.js';

/** @throws BadInput  where there is a file already, or it cannot be written */
export async function initConfig(given: string | null, io: Environment & Stdout): Promise<number> {
  const file = given === null ? join(io.cwd, CONFIG_FILE) : wholePath(given, io);
  await writeFile(file, TEMPLATE, { mode: 0o600, flag: 'wx', flush: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new BadInput(`${file} is there already, and stays as it is`);
    throw new BadInput(`${file} cannot be written (${error.code ?? 'unknown error'})`);
  });
  await io.out.write(`${file} is written; \`nightferry config check\` looks at it when you have filled it in\n`);
  return 0;
}
