import type { Desk } from '../../imap/commands/desk.js';
import { type Fetched, fetchWhole } from '../../imap/commands/fetch.js';
import { fetchEnd } from '../../imap/commands/fetch-look.js';
import { fetchPart } from '../../imap/commands/fetch-message.js';
import type { Literal } from '../../imap/grammar/response-reader.js';
import { compareFields, headerFields } from '../message/header-fields.js';
import type { SecondLook } from './judge-body.js';
import { bytesFrom, isSame, join } from './literals.js';

/** Bytes of the end of a body that are asked for again, and as many behind it. */
const END = 64;
const PART = 256 * 1024;
/** Bytes beyond twice the listed size at which a body is read no further. */
const SLACK = 1024 * 1024;

/** Asks for size, header and end of a body that has come. One command; nothing is sent whole again. */
export async function lookAgain(desk: Desk, folder: string, { uid, body }: Fetched): Promise<SecondLook> {
  const from = Math.max(0, body.length - END);
  const { row, answer } = await fetchEnd(desk, folder, uid, { from, length: 2 * END });
  if (answer.status !== 'OK' || row === null) return { size: undefined, header: 'untold', end: 'untold' };
  return { size: row.size, header: headerOf(body, row.header), end: endOf(body, row) };
}

function headerOf(body: Literal, header: Literal | null | undefined): SecondLook['header'] {
  return header ? compareFields(headerFields(header), headerFields(body)) : 'untold';
}

function endOf(
  body: Literal,
  row: { readonly part?: { readonly from: number; readonly bytes: Literal | null }; readonly body?: Literal | null },
): SecondLook['end'] {
  if (row.part?.bytes) {
    return bytesFrom(row.part.bytes, 0).equals(bytesFrom(body, row.part.from)) ? 'same' : 'other';
  }
  if (row.body) return isSame(row.body, body) ? 'same' : 'other';
  return 'untold';
}

/**
 * Asks for a body once more, alone: in parts, or whole where the server gives no parts.
 *
 * @param listed RFC822.SIZE in bytes; 0 where it is not known
 * @returns null where it does not come
 */
export async function askInParts(desk: Desk, folder: string, uid: number, listed: number): Promise<Literal | null> {
  const parts: Literal[] = [];
  for (let from = 0; ; ) {
    const { part } = await fetchPart(desk, folder, uid, from, PART);
    if (part?.whole) return part.bytes;
    if (part) parts.push(part.bytes);
    from += part?.bytes.length ?? 0;
    if (!part || part.bytes.length < PART || (listed > 0 && from > 2 * listed + SLACK)) break;
  }
  if (parts.length > 0) return join(parts);
  const { fetched } = await fetchWhole(desk, folder, [uid], `${uid}`);
  return fetched[0]?.body ?? null;
}
