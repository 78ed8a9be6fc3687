import { csvLine } from './csv.js';
import { EXPORT_COLUMNS, type ExportRow } from './export-rows.js';

export type ExportFormat = 'csv' | 'json';

/** Characters that are handed on at a time. */
const PIECE = 64 * 1024;

/**
 * Rows as text, in pieces to be written one after the other. CSV has a line of titles; JSON is one object,
 * `{"version":1,"rows":[...]}`, a row a line.
 *
 * @param onRow  told of each
 */
export function* exportText(
  rows: Iterable<ExportRow>,
  format: ExportFormat,
  onRow: () => void = () => {},
): Generator<string> {
  let piece = format === 'csv' ? csvLine(EXPORT_COLUMNS) : '{"version":1,"rows":[';
  let separator = '\n';
  for (const row of rows) {
    onRow();
    if (format === 'csv') piece += csvLine(EXPORT_COLUMNS.map((column) => row[column]));
    else piece += `${separator}${JSON.stringify(row)}`;
    separator = ',\n';
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield format === 'csv' ? piece : `${piece}\n]}\n`;
}
