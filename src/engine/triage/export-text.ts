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
 * @param onRow  told of each
 */
export function* exportText(
  rows: Iterable<ExportRow>,
  format: ExportFormat,
  onRow: () => void = () => {},
): Generator<string> {
  const write = format === 'csv' ? csv : json;
  let isFirst = true;
  let piece: ExportRow[] = [];
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

function csv(rows: readonly ExportRow[], isFirst: boolean): string {
  return stringify([...rows], {
    columns: [...EXPORT_COLUMNS],
    header: isFirst,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

function json(rows: readonly ExportRow[], isFirst: boolean): string {
  const lines = rows.map((row, i) => `${isFirst && i === 0 ? '' : ','}\n${JSON.stringify(row)}`);
  return `${isFirst ? '{"version":1,"rows":[' : ''}${lines.join('')}`;
}
