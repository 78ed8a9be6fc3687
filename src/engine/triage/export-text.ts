import { stringify } from 'csv-stringify/sync';
import { EXPORT_COLUMNS, type ExportRow } from './export-rows.js';

export type ExportFormat = 'csv' | 'json';

/** Rows that are handed on at a time. */
const PIECE = 500;

/**
 * Rows as text, in pieces to be written one after the other. CSV (RFC 4180) has a line of titles, and an apostrophe
 * in front of what a spreadsheet would take for a formula: names of folders and responses are whatever a
 * mailbox's owner or a server likes. JSON is one object, `{"version":1,"rows":[...]}`, a row a line.
 *
 * @param onRow    told of each
 * @param columns  of the CSV, in their order
 */
export function* exportText<R extends ExportRow>(
  rows: Iterable<R>,
  format: ExportFormat,
  onRow: () => void = () => {},
  columns: readonly (keyof R & string)[] = EXPORT_COLUMNS,
): Generator<string> {
  const write = (some: readonly R[], first: boolean) =>
    format === 'csv' ? csv(some, first, columns) : json(some, first);
  let isFirst = true;
  let piece: R[] = [];
  for (const row of rows) {
    onRow();
    piece.push(row);
    if (piece.length < PIECE) continue;
    yield write(piece, isFirst);
    isFirst = false;
    piece = [];
  }
  yield write(piece, isFirst);
  if (format === 'json') yield '\n]}\n';
}

function csv(rows: readonly ExportRow[], isFirst: boolean, columns: readonly string[]): string {
  return stringify([...rows], {
    columns: [...columns],
    header: isFirst,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

function json(rows: readonly ExportRow[], isFirst: boolean): string {
  const lines = rows.map((row, i) => `${isFirst && i === 0 ? '' : ','}\n${JSON.stringify(row)}`);
  return `${isFirst ? '{"version":1,"rows":[' : ''}${lines.join('')}`;
}
