import { Cursor, Unreadable } from './cursor.js';
import type { Response } from './response-reader.js';

/** What STATUS, SELECT or EXAMINE says of a folder. */
export interface FolderStatus {
  readonly messages: number;
  /** 0 where the server does not say. */
  readonly uidNext: number;
  /** Decimal, or null where the server keeps no UIDs (RFC 4315 UIDNOTSTICKY). */
  readonly uidValidity: string | null;
  readonly highestModseq: string | null;
  /** Bytes, where APPENDLIMIT is a matter of the folder (RFC 7889). */
  readonly appendLimit: number | null;
}

/** The items to ask STATUS for (RFC 9051 section 6.3.11, RFC 7162, RFC 7889). */
export function statusItems(capabilities: ReadonlySet<string>): string {
  const items = ['MESSAGES', 'UIDNEXT', 'UIDVALIDITY'];
  if (capabilities.has('CONDSTORE') || capabilities.has('QRESYNC')) items.push('HIGHESTMODSEQ');
  if (capabilities.has('APPENDLIMIT')) items.push('APPENDLIMIT');
  return items.join(' ');
}

const STATUS_ROW = /^\* STATUS /i;

/** Reads `* STATUS name (...)`; undefined for any other response. */
export function parseStatus(response: Response): { name: string; status: FolderStatus } | undefined {
  const head = STATUS_ROW.exec(response.text);
  if (!head) return undefined;
  try {
    const cursor = new Cursor(response, head[0].length);
    const name = cursor.string() ?? '';
    cursor.skipSpaces();
    cursor.open();
    const items = new Map<string, string>();
    while (!cursor.closed()) {
      const key = cursor.atom().toUpperCase();
      cursor.skipSpaces();
      const value = cursor.value();
      if (typeof value === 'string') items.set(key, value);
    }
    const number = (key: string) => Number(items.get(key) ?? 0) || 0;
    return {
      name,
      status: {
        messages: number('MESSAGES'),
        uidNext: number('UIDNEXT'),
        uidValidity: items.get('UIDVALIDITY') ?? null,
        highestModseq: modseq(items.get('HIGHESTMODSEQ')),
        appendLimit: items.has('APPENDLIMIT') ? number('APPENDLIMIT') : null,
      },
    };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** HIGHESTMODSEQ 0 is NOMODSEQ (RFC 7162 section 3.1.2.2). */
export function modseq(value: string | undefined): string | null {
  return value === undefined || /^0*$/.test(value) ? null : value;
}
