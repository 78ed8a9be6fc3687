import {
  readCount,
  readModseq,
  readSize,
  readUidNext,
  readUidValidity,
  validUidValidity,
} from '../grammar/counters.js';
import { Cursor, Unreadable, type Value } from '../grammar/cursor.js';
import { literalText, type Response } from '../grammar/response-reader.js';

/** A folder as STATUS, SELECT or EXAMINE describes it. A value that the server did not give is null, and never 0. */
export interface FolderStatus {
  readonly messages: number | null;
  readonly uidNext: number | null;
  /** Decimal text; null where none was told, and where the server keeps no UIDs (RFC 4315 UIDNOTSTICKY). */
  readonly uidValidity: string | null;
  readonly highestModseq: string | null;
  /** In bytes, where APPENDLIMIT is set for each folder (RFC 7889). */
  readonly appendLimit: number | null;
}

export const NOTHING_TOLD: FolderStatus = {
  messages: null,
  uidNext: null,
  uidValidity: null,
  highestModseq: null,
  appendLimit: null,
};

/** Whether a copy into the folder can be prepared from this alone. */
export function isTold({ messages, uidNext, uidValidity }: FolderStatus): boolean {
  return messages !== null && uidNext !== null && uidValidity !== null;
}

/**
 * UIDNEXT, if it is possible. UIDs begin at 1 and each is given once, so it is above the number of messages (RFC 9051
 * section 2.3.1.1). One that is not is unknown, or a folder with mail would be taken for one that never held any.
 */
export const possibleUidNext = (uidNext: number | null, messages: number | null): number | null =>
  uidNext !== null && messages !== null && uidNext <= messages ? null : uidNext;

/** The items to ask STATUS for (RFC 9051 section 6.3.11, RFC 7162, RFC 7889). */
export function statusItems(capabilities: ReadonlySet<string>): string {
  const items = ['MESSAGES', 'UIDNEXT', 'UIDVALIDITY'];
  if (capabilities.has('CONDSTORE') || capabilities.has('QRESYNC')) items.push('HIGHESTMODSEQ');
  if (capabilities.has('APPENDLIMIT')) items.push('APPENDLIMIT');
  return items.join(' ');
}

const STATUS_ROW = /^\* +STATUS +/i;
/**
 * A name with blanks and without quotes, as GNU Mailutils and old Courier write it: `* STATUS Alte Post (MESSAGES 0)`.
 */
const UNQUOTED = /^(.*\S) *(?=\([^()]*\) *$)/;

/** Reads `* STATUS name (...)`; undefined for any other response. */
export function parseStatus(response: Response): { name: string; status: FolderStatus } | undefined {
  const head = STATUS_ROW.exec(response.text);
  if (!head) return undefined;
  return (
    readable(() => readStrictly(response, head[0].length)) ?? readable(() => readUnquoted(response, head[0].length))
  );
}

interface StatusRow {
  readonly name: string;
  readonly status: FolderStatus;
}

function readStrictly(response: Response, from: number): StatusRow {
  const cursor = new Cursor(response, from);
  const name = cursor.string() ?? response.text.slice(from, cursor.at);
  cursor.skipSpaces();
  return { name, status: readItems(cursor) };
}

function readUnquoted(response: Response, from: number): StatusRow {
  const name = UNQUOTED.exec(response.text.slice(from));
  if (!name || response.literals.length > 0) throw new Unreadable('no name before the items');
  return { name: name[1]!, status: readItems(new Cursor(response, from + name[0].length)) };
}

function readItems(cursor: Cursor): FolderStatus {
  cursor.open();
  const items = new Map<string, string>();
  while (!cursor.closed()) {
    const key = cursor.atom().toUpperCase();
    cursor.skipSpaces();
    const value = asText(cursor.value());
    if (value !== undefined) items.set(key, value);
  }
  const messages = readCount(items.get('MESSAGES'));
  return {
    messages,
    uidNext: possibleUidNext(readUidNext(items.get('UIDNEXT')), messages),
    // A server that does not know UIDVALIDITY here writes 0, and SELECT tells another one.
    uidValidity: validUidValidity(readUidValidity(items.get('UIDVALIDITY'))),
    highestModseq: readModseq(items.get('HIGHESTMODSEQ')),
    appendLimit: readSize(items.get('APPENDLIMIT')),
  };
}

function asText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return value !== null && 'slices' in value ? literalText(value) : undefined;
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
