import { CsvError, parse } from 'csv-parse/sync';
import { BadInput } from '../../../words/bad-input.js';
import { isHeader } from './plan-columns.js';

export const MOST_BYTES = 10 * 1024 * 1024;

/** Cells of one row, and the line of the file in which they end. */
export interface Row {
  readonly cells: readonly string[];
  readonly row: number;
}

/** A plan as it is written: with a header, or as a list for imapsync, which has none. */
export interface PlanText {
  readonly layout: 'columns' | 'imapsync list';
  /** The header is the first of a plan in columns. */
  readonly rows: readonly Row[];
}

/** Commas as RFC 4180 has them; semicolons where a spreadsheet's commas are decimal; tabs as they are pasted. */
const SEPARATORS = [',', ';', '\t', '|'] as const;

/**
 * Finds out how a plan is encoded and separated, and takes it apart.
 *
 * @param file  its name, for the messages
 * @throws BadInput  one line with file and row; never a cell's content
 */
export function readPlanText(bytes: Uint8Array, file: string): PlanText {
  const text = decode(bytes, file);
  const first = text.split(/\r\n|[\r\n]/, 200).find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  if (isListLine(first)) return { layout: 'imapsync list', rows: rowsOfList(text) };
  const separator = SEPARATORS.find((one) => isHeader(first.split(one))) ?? ',';
  return { layout: 'columns', rows: rowsOfCsv(text, separator, file) };
}

function decode(bytes: Uint8Array, file: string): string {
  if (bytes.length > MOST_BYTES) throw new BadInput(`${file}: the plan is larger than 10 MB`);
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new BadInput(`${file}: the plan is neither UTF-8 nor UTF-16; save it as CSV in UTF-8`);
  }
}

/** By its byte order mark, else by the zeros that UTF-16 puts beside each Latin letter. */
function encodingOf([a, b, c, d]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && c !== 0 && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && c === 0 && d !== 0)) return 'utf-16be';
  return 'utf-8';
}

/** imapsync's `host1;user1;password1;host2;user2;password2;`, as its scripts for many accounts read it. */
function isListLine(line: string): boolean {
  const cells = line.split(';');
  return cells.length >= 6 && isHost(cells[0]) && isHost(cells[3]) && !isHeader(cells);
}

const isHost = (cell = ''): boolean => /^\s*(?:[a-z0-9-]+\.)*[a-z0-9-]+\s*$/i.test(cell);

/** A spreadsheet leaves rows of separators where nothing stands any more. */
const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** The names by which imapsync's documentation calls the cells: some lists begin with them. */
const LIST_NAMES = ['host1', 'user1', 'password1', 'host2', 'user2', 'password2'];
const isListHeader = (cells: readonly string[]): boolean =>
  LIST_NAMES.every((name, at) => cells[at]?.trim().toLowerCase() === name);

/** Such a list knows no quotes: each sign between two semicolons is part of a password. */
function rowsOfList(text: string): readonly Row[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|[\r\n]/)
    .map((line, at) => ({ cells: line.split(';'), row: at + 1, line }))
    .filter(({ line, cells }) => !line.startsWith('#') && !isBlank(cells) && !isListHeader(cells))
    .map(({ cells, row }) => ({ cells, row }));
}

function rowsOfCsv(text: string, delimiter: string, file: string): readonly Row[] {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return (parsed as { record: string[]; info: { lines: number } }[])
      .filter(({ record }) => !isBlank(record))
      .map(({ record, info }) => ({ cells: record, row: info.lines }));
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
