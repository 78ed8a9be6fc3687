import { encodeName } from './mutf7.js';

/** Writes an astring: as an atom where that is allowed, else quoted (RFC 3501 section 9). */
export function astring(text: string): string {
  return /^[^\x00-\x20\x7f-\uffff(){%*"\\]+$/.test(text) && text.toUpperCase() !== 'NIL' ? text : quoted(text);
}

export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A folder's name as it goes over the wire. */
export function folderName(path: string): string {
  return astring(encodeName(path));
}

export function flagList(flags: Iterable<string>): string {
  return `(${[...flags].join(' ')})`;
}
