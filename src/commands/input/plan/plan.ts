import { CsvError, parse } from 'csv-parse/sync';
import { Secret } from '../../../engine/login/credentials.js';
import type { PlanRow } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import { type Column, readHeader } from './plan-columns.js';
import { rowId } from './row-id.js';

export const MOST_ROWS = 50_000;
export const MOST_BYTES = 10 * 1024 * 1024;

/** A plan, read and checked. Passwords stand apart from the rows, which are stored. */
export interface Plan {
  readonly file: string;
  readonly rows: readonly PlanRow[];
  /** By row id. */
  readonly passwords: ReadonlyMap<string, Readonly<Partial<Record<Side, Secret>>>>;
  readonly columns: ReadonlySet<Column>;
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * Reads a plan: CSV (RFC 4180) in UTF-8 with a header row.
 *
 * @param file  its name, for the messages
 * @throws BadInput  one line with file, row and column; never a cell's content
 */
export function parsePlan(bytes: Uint8Array, file: string): Plan {
  const [header, ...records] = readRecords(readText(bytes, file), file);
  if (!header) throw new BadInput(`${file}: the plan is empty`);
  const columns = readHeader(header.record, file);
  if (records.length === 0) throw new BadInput(`${file}: the plan has a header but no mailboxes`);
  if (records.length > MOST_ROWS) {
    throw new BadInput(`${file}: the plan has ${records.length} rows; at most ${MOST_ROWS} are read, split it`);
  }
  const taken = new Set<string>();
  const seen = new Map<string, number>();
  const passwords = new Map<string, Partial<Record<Side, Secret>>>();
  const rows = records.map(({ record, row }) => {
    const cells = readCells(record, row, columns, file);
    const destinationUser = cells('DestinationUserName').trim() || cells('EmailAddress').trim();
    const email = cells('EmailAddress').trim();
    refuseRepeated(seen, [`mailbox ${email}`, `destination user ${destinationUser}`], row, file);
    const id = rowId(email, taken);
    passwords.set(id, {
      ...secret('source', cells('Password')),
      ...secret('destination', cells('DestinationPassword')),
    });
    const userRoot = cells('UserRoot').trim() || null;
    return { id, email, sourceUser: cells('UserName').trim(), destinationUser, userRoot, row };
  });
  return { file, rows, passwords, columns: new Set(columns.keys()) };
}

function readText(bytes: Uint8Array, file: string): string {
  if (bytes.length > MOST_BYTES) throw new BadInput(`${file}: the plan is larger than 10 MB`);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new BadInput(`${file}: the plan is UTF-16; save it as CSV in UTF-8`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadInput(`${file}: the plan is not UTF-8; save it as CSV in UTF-8`);
  }
}

interface RecordWithRow {
  readonly record: string[];
  readonly row: number;
}

function readRecords(text: string, file: string): RecordWithRow[] {
  try {
    const parsed: unknown = parse(text, { info: true, relax_column_count: true, skip_empty_lines: true });
    return (parsed as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      row: info.lines,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser's own message quotes the text around the mistake, which may be a password.
    const row = typeof error.lines === 'number' ? `, row ${error.lines}` : '';
    const why =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quote is not closed'
        : 'a quote stands inside a cell; put the cell in quotes and double the quote inside';
    throw new BadInput(`${file}${row}: ${why}`);
  }
}

function readCells(
  record: readonly string[],
  row: number,
  columns: ReadonlyMap<Column, number>,
  file: string,
): (column: Column) => string {
  if (record.length !== columns.size) {
    throw new BadInput(
      `${file}, row ${row}: wrong number of columns, expected ${columns.size}, actual ${record.length}`,
    );
  }
  for (const [column, index] of columns) {
    if (CONTROL.test(record[index] ?? '')) {
      throw new BadInput(`${file}, row ${row}, column ${column}: the cell holds a control character`);
    }
    const required = column === 'EmailAddress' || column === 'UserName';
    if (required && !record[index]?.trim())
      throw new BadInput(`${file}, row ${row}, column ${column}: the cell is empty`);
    if ((record[index]?.length ?? 0) > 2_000) {
      throw new BadInput(`${file}, row ${row}, column ${column}: the cell is longer than 2,000 characters`);
    }
  }
  return (column) => record[columns.get(column) ?? -1] ?? '';
}

/** Two rows for one destination mailbox would be copied into each other. Case does not tell mailboxes apart. */
function refuseRepeated(seen: Map<string, number>, names: readonly string[], row: number, file: string): void {
  for (const name of names) {
    const earlier = seen.get(name.toLowerCase());
    if (earlier !== undefined) throw new BadInput(`${file}, row ${row}: ${name} stands in row ${earlier} already`);
    seen.set(name.toLowerCase(), row);
  }
}

function secret(side: Side, cell: string): Partial<Record<Side, Secret>> {
  return cell === '' ? {} : { [side]: new Secret(cell) };
}
