import { decodeName } from './mutf7.js';

/**
 * A LIST pattern (RFC 3501 section 6.3.8): `*` is anything, `%` anything within one level.
 * INBOX is matched in any case. Names are compared decoded, so a pattern that is no modified UTF-7 fits none.
 */
export function matcher(text: string, delimiter: string): (path: string) => boolean {
  const pattern = decodeName(text);
  if (pattern === null) return () => false;
  const level = `[^${escaped(delimiter)}]*`;
  const source = [...pattern].map((char) => (char === '*' ? '.*' : char === '%' ? level : escaped(char))).join('');
  const exact = new RegExp(`^${source}$`, 's');
  const anyCase = new RegExp(`^${source}$`, 'is');
  return (path) => exact.test(path) || (path === 'INBOX' && anyCase.test(path));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
