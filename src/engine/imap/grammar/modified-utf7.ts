import { utf8In } from './server-text.js';

/**
 * Folder names as they travel: modified UTF-7 (RFC 3501 section 5.1.3), unless the connection
 * speaks UTF-8 (RFC 6855).
 */

/** Printable ASCII is written as it is, `&` as `&-`, and everything else as UTF-16 in a base64 of its own. */
export function encodeModifiedUtf7(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => (run === '&' ? '&-' : `&${base64(run)}-`));
}

/**
 * @returns the decoded name, or null where the text is no modified UTF-7: a lone `&`, a bad base64, half a
 *   character, printable ASCII in base64, two shifts in a row. Strict, so that two names on the
 *   wire never become one.
 */
export function decodeModifiedUtf7(wire: string): string | null {
  const name = wire.replace(/&([A-Za-z0-9+,]*)-/g, (_, run: string) => (run === '' ? '&' : fromBase64(run)));
  // A lone surrogate has no UTF-8, so such a name could never be shown or written to a file.
  return !/\p{Surrogate}/u.test(name) && encodeModifiedUtf7(name) === wire ? name : null;
}

/**
 * A name as a person reads it. What is no legal modified UTF-7 is kept as the server wrote it (`R&D` with a bare
 * `&`), read as UTF-8 where it is that: a name that breaks the rules is still a folder with mail in it.
 *
 * @param wire  the name's bytes, one character each
 */
export function readFolderName(wire: string, utf8: boolean): string {
  return (utf8 ? null : decodeModifiedUtf7(wire)) ?? utf8In(wire) ?? wire;
}

/** A name as it is sent: its bytes, one character each. */
export function writeFolderName(name: string, utf8: boolean): string {
  return utf8 ? Buffer.from(name, 'utf8').toString('latin1') : encodeModifiedUtf7(name);
}

/** UTF-16BE in base64 with `,` for `/`, and no padding. */
function base64(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('base64').replace(/=+$/, '').replaceAll('/', ',');
}

/** Odd bytes at the end are dropped here. Encoding the name again shows them. */
function fromBase64(text: string): string {
  const bytes = Buffer.from(text.replaceAll(',', '/'), 'base64');
  return bytes
    .subarray(0, bytes.length & ~1)
    .swap16()
    .toString('utf16le');
}
