import { Cursor, Unreadable, type Value } from './cursor.js';
import type { Literal, Response } from './response-reader.js';

/** What one untagged FETCH said of a message; what it left out is undefined. */
export interface FetchRow {
  readonly uid?: number;
  readonly flags?: readonly string[];
  /** As the server wrote it: ` 1-Feb-2020 10:00:00 +0100`. */
  readonly internalDate?: string;
  readonly size?: number;
  readonly modseq?: string;
  /** BODY[]; null where the server answered NIL. */
  readonly body?: Literal | null;
  /** BODY[]<from>: what was asked for of it; null where the server answered NIL. */
  readonly part?: { readonly from: number; readonly bytes: Literal | null };
  /** BODY[HEADER...]. */
  readonly header?: Literal | null;
  /** Something stands in it, or behind it, that is no item of a FETCH as far as we know. */
  readonly more?: string;
}

const FETCH_ROW = /^\* \d+ FETCH /i;
/** Items that servers add of their own accord (RFC 9051, 7162, 8474, 8514, 8970, Gmail). */
const KNOWN =
  /^(?:UID|FLAGS|MODSEQ|RFC822\.SIZE|INTERNALDATE|ENVELOPE|BODYSTRUCTURE|BODY|EMAILID|THREADID|SAVEDATE|PREVIEW|ANNOTATION|X-[A-Z0-9-]+|(?:BODY|BINARY|RFC822)[.[].*)$/;
const PART = /^BODY\[\]<(\d{1,15})>$/;
export const isFetchRow = (response: Response): boolean => FETCH_ROW.test(response.text);

function asLiteral(value: Value): Literal | null {
  if (value === null) return null;
  if (typeof value === 'string') return { slices: [Buffer.from(value, 'latin1')], length: value.length };
  if ('slices' in value) return value;
  throw new Unreadable('a list where a body should be');
}

function asNumber(value: Value): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new Unreadable('no number where one should be');
  return number;
}

/**
 * Reads `* n FETCH (...)` (RFC 9051 section 7.5.2). Flags are read by their spaces alone: servers
 * send keywords such as `100%` that the grammar forbids.
 *
 * @returns undefined where the row cannot be read; the caller notices the missing UID
 */
export function parseFetchRow(response: Response): FetchRow | undefined {
  const head = FETCH_ROW.exec(response.text);
  if (!head) return undefined;
  try {
    return readItems(new Cursor(response, head[0].length));
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function readItems(cursor: Cursor): FetchRow {
  const row: { -readonly [K in keyof FetchRow]: FetchRow[K] } = {};
  cursor.skipSpaces();
  cursor.open();
  while (!cursor.closed()) {
    const key = cursor.atom().toUpperCase();
    cursor.skipSpaces();
    if (key === 'FLAGS') {
      const flags: string[] = [];
      cursor.open();
      while (!cursor.closed()) flags.push(cursor.word());
      row.flags = flags;
      continue;
    }
    const value = cursor.value();
    if (key === 'UID') row.uid = asNumber(value);
    else if (key === 'RFC822.SIZE') row.size = asNumber(value);
    else if (key === 'INTERNALDATE' && typeof value === 'string') row.internalDate = value;
    else if (key === 'MODSEQ' && Array.isArray(value) && typeof value[0] === 'string') row.modseq = value[0];
    else if (key === 'BODY[]' || key === 'BINARY[]') row.body = asLiteral(value);
    else if (key.startsWith('BODY[HEADER')) row.header = asLiteral(value);
    else {
      const part = PART.exec(key);
      if (!part && !KNOWN.test(key)) row.more ??= key;
      if (part) row.part = { from: Number(part[1]), bytes: asLiteral(value) };
    }
  }
  cursor.skipSpaces();
  if (!cursor.done) row.more ??= 'something behind its end';
  return row;
}
