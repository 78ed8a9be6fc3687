import { crc32 } from 'node:zlib';
import type { Literal } from '../../imap/grammar/response-reader.js';
import { tellingFields } from './header-fields.js';

/**
 * 32 bits of Message-ID, Date, Subject and From: equal for a message and for these fields alone, in whatever order a
 * server gives them. White space does not count, nor in what way a byte over 127 is written: servers change both.
 * 0 where there is none of these fields.
 */
export function identityOf(bytes: Literal): number {
  let identity = 0;
  for (const [name, value] of tellingFields(bytes)) identity = (identity + crc32(`${name}:${canonical(value)}`)) >>> 0;
  return identity;
}

const canonical = (value: string) => value.replace(/[ \t\r\n]/g, '').replace(/[\x80-\xff\0]/g, 'X');
