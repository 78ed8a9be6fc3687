import { type Dated, readDate } from '../../imap/grammar/lenient-date.js';
import type { Literal } from '../../imap/grammar/response-reader.js';

/** The header line from which a date was read. */
export type DateHeader = 'Received' | 'Date';

export interface HeaderDate extends Dated {
  readonly header: DateHeader;
}

/** Characters in which headers are looked for. Trace lines are at the top. */
const LONGEST_HEADER = 64 * 1024;

/**
 * When a message arrived, by its own headers: by the first Received line, which the last server on its way wrote, else
 * by Date, which its sender wrote.
 */
export function headerDate(body: Literal): HeaderDate | undefined {
  const header = headerOf(body);
  return dateIn(header, 'Received', RECEIVED) ?? dateIn(header, 'Date', DATE);
}

const RECEIVED = /^received[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)/im;
const DATE = /^date[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)/im;

function dateIn(text: string, header: DateHeader, pattern: RegExp): HeaderDate | undefined {
  const value = pattern.exec(text)?.[1]?.replace(/\s+/g, ' ').trim();
  if (value === undefined) return undefined;
  const dated = readDate(header === 'Received' ? value.slice(value.lastIndexOf(';') + 1) : value);
  return dated && { ...dated, header };
}

function headerOf({ slices }: Literal): string {
  let text = '';
  for (const slice of slices) {
    text += slice.toString('latin1', 0, Math.max(0, LONGEST_HEADER - text.length));
    const end = /\r?\n\r?\n/.exec(text);
    if (end) return text.slice(0, end.index);
    if (text.length >= LONGEST_HEADER) break;
  }
  return text;
}
