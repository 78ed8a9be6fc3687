import { readGmailId, readSize, readUid } from './counters.js';
import { Cursor, Unreadable, type Value } from './cursor.js';
import { type Literal, literalText, type Response } from './response-reader.js';

/** One untagged FETCH. An item that it leaves out, or that cannot be read, is undefined. */
export interface FetchRow {
  /** Message number; absent in a UIDFETCH row (RFC 9586 section 3.3). */
  readonly number?: number;
  readonly uid?: number;
  readonly flags?: readonly string[];
  /** As the server wrote it: ` 1-Feb-2020 10:00:00 +0100`. */
  readonly internalDate?: string;
  readonly size?: number;
  readonly modseq?: string;
  /** X-GM-MSGID of Gmail, an unsigned 64-bit number above 0: the same in every folder of the account. */
  readonly messageId?: bigint;
  /**
   * X-GM-LABELS, without the label of the open folder: system labels have a backslash, others are in modified UTF-7.
   */
  readonly labels?: readonly string[];
  /** BODY[]; null where the server answered NIL. */
  readonly body?: Literal | null;
  /** BODY[]<from>: a part of the body; null where the server answered NIL. */
  readonly part?: { readonly from: number; readonly bytes: Literal | null };
  /** BODY[HEADER...]. */
  readonly header?: Literal | null;
  /** Text in the row or behind it that is no known item of a FETCH. */
  readonly more?: string;
}

const FETCH_ROW = /^\* +(?:(\d{1,10}) +FETCH|UIDFETCH +(\d{1,10})) */i;
const UID_FURTHER_ON = /[( ]UID +(\d{1,10})(?=[ )])/i;
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

/**
 * Reads `* n FETCH (...)` (RFC 9051 section 7.5.2) and `* UIDFETCH uid (...)` (RFC 9586). Flags are read by
 * their spaces alone: servers send keywords such as `100%` that the grammar forbids.
 *
 * @returns of a row that breaks off or cannot be read to its end, what was read of it; undefined where not even
 *          its UID can be
 */
export function parseFetchRow(response: Response): FetchRow | undefined {
  const head = FETCH_ROW.exec(response.text);
  if (!head) return undefined;
  const row: WritableRow = {};
  if (head[1] !== undefined) row.number = Number(head[1]);
  const uid = readUid(head[2]) ?? undefined;
  if (uid !== undefined) row.uid = uid;
  const cursor = new Cursor(response, head[0].length);
  try {
    readItems(cursor, row);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    row.uid ??= readUid(UID_FURTHER_ON.exec(response.text)?.[1]) ?? undefined;
    if (row.uid === undefined) return undefined;
    row.more ??= 'something that cannot be read';
  }
  return row;
}

type WritableRow = { -readonly [K in keyof FetchRow]: FetchRow[K] };

function readItems(cursor: Cursor, row: WritableRow): void {
  cursor.open();
  while (!cursor.closed()) {
    const key = cursor.atom().toUpperCase();
    cursor.skipSpaces();
    if (key === 'FLAGS') row.flags = cursor.isOpen() ? readFlags(cursor) : readBareFlags(cursor);
    else if (key === 'X-GM-LABELS' && cursor.isOpen()) row.labels = readLabels(cursor);
    else if (key === 'INTERNALDATE') row.internalDate = readDate(cursor) ?? row.internalDate;
    else readItem(row, key, cursor.value());
  }
  cursor.skipSpaces();
  if (!cursor.done) row.more ??= 'something behind its end';
}

function readFlags(cursor: Cursor): string[] {
  const flags: string[] = [];
  cursor.open();
  while (!cursor.closed()) flags.push(cursor.flag());
  return flags;
}

/** Reads flags without brackets, which are known by how they begin: `FLAGS \Seen \Answered RFC822.SIZE 140`. */
function readBareFlags(cursor: Cursor): string[] | undefined {
  const flags: string[] = [];
  while (/^[\\$]/.test(cursor.ahead)) {
    flags.push(cursor.word());
    cursor.skipSpaces();
  }
  if (flags.length > 0) return flags;
  cursor.value();
  return undefined;
}

/** A date of two or three words without its quotes, or with single ones. */
const BARE_DATE =
  /^'?(\d{1,2}-[a-z]{3,9}-\d{2,4}[ \t]+\d{1,2}:\d{2}(?::\d{2})?(?:[ \t]+(?:[+-]\d{2}:?\d{2}|GMT|UTC?|Z))?)["']?(?=[ \t)])/i;

function readDate(cursor: Cursor): string | undefined {
  const bare = /[\d']/.test(cursor.ahead) ? cursor.take(BARE_DATE) : null;
  return bare ? bare[1] : asText(cursor.value());
}

/** Labels are astrings. An atom among them may hold a bracket without its pair. */
function readLabels(cursor: Cursor): string[] {
  const labels: string[] = [];
  cursor.open();
  while (!cursor.closed())
    if (cursor.isOpen()) cursor.value();
    else labels.push(cursor.astring());
  return labels;
}

function readItem(row: WritableRow, key: string, value: Value): void {
  switch (key) {
    case 'UID':
      row.uid = asNumber(value, readUid) ?? row.uid;
      return;
    case 'RFC822.SIZE':
      row.size = asNumber(value, readSize) ?? row.size;
      return;
    case 'MODSEQ':
      if (Array.isArray(value) && typeof value[0] === 'string') row.modseq = value[0];
      return;
    case 'X-GM-MSGID':
      row.messageId = (typeof value === 'string' ? readGmailId(value) : null) ?? row.messageId;
      return;
    case 'BODY[]':
    case 'BINARY[]':
      row.body = asLiteral(value);
      return;
  }
  if (key.startsWith('BODY[HEADER')) row.header = asLiteral(value);
  const part = PART.exec(key);
  if (!part && !KNOWN.test(key)) row.more ??= key;
  if (part) row.part = { from: Number(part[1]), bytes: asLiteral(value) };
}

function asText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return value !== null && 'slices' in value ? literalText(value) : undefined;
}

function asNumber(value: Value, read: (text: string) => number | null): number | undefined {
  return (typeof value === 'string' ? read(value) : null) ?? undefined;
}
