import type { Tagged } from '../connection/tagged.js';
import { type FetchRow, isFetchRow, parseFetchRow } from '../grammar/fetch-row.js';
import type { Literal } from '../grammar/response-reader.js';
import type { Desk } from './desk.js';
import { TELLING_HEADER } from './telling-header.js';

/** A second look at bodies that have come already: what the server says of them without sending them whole. */

/** The headers of some messages by UID, as far as the server gives them; empty where it refuses. */
export async function fetchHeaders(desk: Desk, folder: string, set: string): Promise<ReadonlyMap<number, Literal>> {
  const headers = new Map<number, Literal>();
  await desk.command(folder, 'UID FETCH', [`UID FETCH ${set} (UID ${TELLING_HEADER})`], (response) => {
    const row = isFetchRow(response) ? parseFetchRow(response) : undefined;
    if (row?.uid === undefined || !row.header) return false;
    headers.set(row.uid, row.header);
    return true;
  });
  return headers;
}

/**
 * Size and header of one message, and its bytes from `from` on.
 *
 * @param length how many bytes are asked for: more than there should be, so that the end is seen
 * @returns null where no row came
 */
export async function fetchEnd(
  desk: Desk,
  folder: string,
  uid: number,
  { from, length }: { readonly from: number; readonly length: number },
): Promise<{ readonly row: FetchRow | null; readonly answer: Tagged }> {
  let found: FetchRow | null = null;
  const items = `(UID RFC822.SIZE ${TELLING_HEADER} BODY.PEEK[]<${from}.${length}>)`;
  const answer = await desk.command(folder, 'UID FETCH', [`UID FETCH ${uid} ${items}`], (response) => {
    const row = isFetchRow(response) ? parseFetchRow(response) : undefined;
    if (row?.uid !== uid || (!row.part && !row.body && !row.header)) return false;
    found = { ...(found ?? {}), ...row };
    return true;
  });
  return { row: found, answer };
}
