import libmime from 'libmime';
import { readServerText } from '../imap/grammar/server-text.js';
import { readable } from './readable.js';

/**
 * A field of a message's header as a person reads it: unfolded, encoded words decoded (RFC 2047), made safe for a
 * terminal.
 *
 * @param header  its lines, their bytes one character each; of two fields of one name the first counts
 * @returns '' where there is no such field
 */
export function readField(header: string, name: string): string {
  const field = new RegExp(`^${name}[ \\t]*:([^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*)`, 'im').exec(header);
  if (!field?.[1]) return '';
  const unfolded = field[1].replace(/\r?\n(?=[ \t])/g, '').trim();
  return readable(libmime.decodeWords(readServerText(unfolded)));
}
