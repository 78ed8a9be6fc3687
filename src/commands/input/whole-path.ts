import { resolve } from 'node:path';

/** A path as an operator types it, from the root on: `~/list.csv`, `list.csv` beside where they stand. */
export function wholePath(typed: string, { cwd, home }: { readonly cwd: string; readonly home: string }): string {
  return resolve(cwd, typed.trim().replace(/^~(?=\/|$)/, home));
}
