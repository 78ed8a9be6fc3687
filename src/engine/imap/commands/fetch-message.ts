import type { Uid } from '../../../store/uid/uid.js';
import { OversizedResponse } from '../connection/oversized-response.js';
import type { Tagged } from '../connection/tagged.js';
import { type FetchRow, isFetchRow, parseFetchRow } from '../grammar/fetch-row.js';
import { type Announced, type Literal, literalText, type Response } from '../grammar/response-reader.js';
import type { Desk } from './desk.js';

/** One message, for an operator who looks at it: never marked as read. */

/** Size, date and header fields of a message. */
export interface Glance {
  readonly flags: readonly string[];
  /** As the server wrote it; '' where it gave none. */
  readonly internalDate: string;
  /** RFC822.SIZE, in bytes. */
  readonly size: number;
  /** The header lines that were asked for, their bytes one character each. */
  readonly header: string;
}

/** Bytes of header lines that are taken from each of the two sets. */
const LONGEST_HEADER = 8 * 1024;
/** Bytes that are taken at most of a part. A server may give the whole message where a part was asked for. */
const LONGEST_WHOLE = 64 * 1024 * 1024;
const FIELDS = 'FROM SUBJECT DATE MESSAGE-ID';

/**
 * Two FETCHes at once. A list of thousands in To would push out the fields behind it, so To is asked for by itself.
 *
 * @returns null where no row came; `answer` is the one to the first FETCH
 */
export async function fetchGlance(
  desk: Desk,
  folder: string,
  uid: number,
): Promise<{ readonly glance: Glance | null; readonly answer: Tagged }> {
  const lines = (fields: string) => `BODY.PEEK[HEADER.FIELDS (${fields})]<0.${LONGEST_HEADER}>`;
  const [own, to] = await Promise.all([
    fetchRow(desk, folder, uid, `(UID FLAGS INTERNALDATE RFC822.SIZE ${lines(FIELDS)})`, isGlance),
    fetchRow(desk, folder, uid, `(UID ${lines('TO')})`, ({ header }) => header !== undefined),
  ]);
  const { row, answer } = own;
  if (!row) return { glance: null, answer };
  return {
    glance: {
      flags: row.flags ?? [],
      internalDate: row.internalDate ?? '',
      size: row.size ?? 0,
      header: [row, to.row].map((one) => headerText(one?.header)).join('\r\n'),
    },
    answer,
  };
}

/**
 * One FETCH for many messages, without To.
 *
 * @param uids    a set, as IMAP writes it
 * @param onRow   told of each message that came
 */
export function fetchGlances(
  desk: Desk,
  folder: string,
  uids: string,
  onRow: (uid: Uid, glance: Pick<Glance, 'header' | 'size' | 'internalDate'>) => void,
): Promise<Tagged> {
  const take = (response: Response) => {
    const row = isFetchRow(response) ? parseFetchRow(response) : undefined;
    if (row?.uid === undefined || !isGlance(row)) return false;
    onRow(row.uid, { header: headerText(row.header), size: row.size ?? 0, internalDate: row.internalDate ?? '' });
    return true;
  };
  const items = `(UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (${FIELDS})]<0.${LONGEST_HEADER}>)`;
  return desk.command(folder, 'UID FETCH', [`UID FETCH ${uids} ${items}`], take, null, notTooMuch);
}

/** Some bytes of a message. */
export interface Part {
  readonly bytes: Literal;
  /** Whether the server gave the whole message, whatever was asked for. */
  readonly whole: boolean;
}

/**
 * Asks for `BODY.PEEK[]<from.length>`. Fewer bytes than asked for, or none, are the end of the message (RFC 9051
 * section 6.4.5).
 *
 * @returns null where no row came
 */
export async function fetchPart(
  desk: Desk,
  folder: string,
  uid: number,
  from: number,
  length: number,
): Promise<{ readonly part: Part | null; readonly answer: Tagged }> {
  const { row, answer } = await fetchRow(
    desk,
    folder,
    uid,
    `(UID BODY.PEEK[]<${from}.${length}>)`,
    ({ part, body }) => part?.from === from || body !== undefined,
  );
  const bytes = row?.part?.bytes ?? row?.body;
  return { part: bytes ? { bytes, whole: row?.part === undefined } : null, answer };
}

const isGlance = ({ size, header }: FetchRow) => size !== undefined && header !== undefined;

/** The row of one message that has the item that was asked for. Rows that nobody asked for may come in between. */
async function fetchRow(
  desk: Desk,
  folder: string,
  uid: number,
  items: string,
  has: (row: FetchRow) => boolean,
): Promise<{ readonly row: FetchRow | null; readonly answer: Tagged }> {
  let found: FetchRow | null = null;
  const take = (response: Response) => {
    const row = !found && isFetchRow(response) ? parseFetchRow(response) : undefined;
    if (row?.uid !== uid || !has(row)) return false;
    found = row;
    return true;
  };
  const pieces = [`UID FETCH ${uid} ${items}`];
  const answer = await desk.command(folder, 'UID FETCH', pieces, take, null, notTooMuch);
  return { row: found, answer };
}

function headerText(header: Literal | null | undefined): string {
  return header ? literalText(header).slice(0, LONGEST_HEADER) : '';
}

function notTooMuch({ sum }: Announced): null {
  if (sum > LONGEST_WHOLE)
    throw new OversizedResponse(`a part of a message was asked for, and ${sum} bytes were announced`);
  return null;
}
