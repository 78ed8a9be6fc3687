import type { Folder } from './folder.js';

/** The letters of RFC 4314 section 2.1 that this server looks at. */
export type Right = 'l' | 'r' | 's' | 'w' | 'i' | 't' | 'e' | 'k' | 'x';

export const ALL_RIGHTS = 'lrswiteskxp';

export function may(folder: Folder, right: Right): boolean {
  return folder.rights.includes(right);
}

/** The flags that a client may change here (RFC 4314 section 4): `s` is \Seen, `t` is \Deleted, `w` all others. */
export function mayChange(folder: Folder, flag: string): boolean {
  if (flag === '\\Seen') return may(folder, 's');
  if (flag === '\\Deleted') return may(folder, 't');
  return may(folder, 'w');
}
