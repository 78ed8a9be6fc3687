import { open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { BadInput } from '../../../words/bad-input.js';
import type { Environment, Timing } from '../../process/io.js';
import { type Plan, parsePlan } from './plan.js';
import { MOST_BYTES } from './plan-text.js';

/**
 * Reads a plan from disk, at most a byte more than a plan may have.
 *
 * @returns the plan, and the absolute path that the batch remembers
 */
export async function readPlanFile(
  path: string,
  { cwd, zone }: Pick<Environment, 'cwd'> & Pick<Timing, 'zone'>,
): Promise<{ plan: Plan; absolute: string }> {
  const absolute = resolve(cwd, path);
  const unreadable = (error: NodeJS.ErrnoException): never => {
    const why =
      error.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${error.code ?? 'unknown error'})`;
    throw new BadInput(`${path}: ${why}`);
  };
  const file = await open(absolute, 'r').catch(unreadable);
  try {
    const bytes = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null).catch(unreadable);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) break;
    }
    return { plan: parsePlan(bytes.subarray(0, length), basename(path), zone), absolute };
  } finally {
    await file.close();
  }
}
