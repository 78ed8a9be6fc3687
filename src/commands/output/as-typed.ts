import { dirname } from 'node:path';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { Workspace } from '../../store/batch/workspace.js';
import type { Environment } from '../process/io.js';

/** A batch as it is to be typed after a command: `school`, and where it is kept in another place `school --state DIR`. */
export function asTyped(
  { name, dir }: Pick<BatchStore, 'name' | 'dir'>,
  io: Pick<Environment, 'env' | 'home'>,
): string {
  const root = dirname(dir);
  if (root === Workspace.locate(null, io.env, io.home).root) return name;
  return `${name} --state ${/^[\w./-]+$/.test(root) ? root : `'${root.replaceAll("'", "'\\''")}'`}`;
}
