import { BadInput } from '../../../words/bad-input.js';

/** Columns of a plan: Exchange's three, and ours. Names count in any case and order. */
export const COLUMNS = [
  'EmailAddress',
  'UserName',
  'Password',
  'UserRoot',
  'DestinationUserName',
  'DestinationPassword',
  'Source',
  'Destination',
  'Include',
  'Exclude',
  'Map',
  'Since',
  'Wave',
] as const;
export type Column = (typeof COLUMNS)[number];

const REQUIRED: readonly Column[] = ['EmailAddress', 'UserName'];

/** Whether a first line names columns: all that are required are there. */
export function isHeader(cells: readonly string[]): boolean {
  const names = new Set(
    cells.map((cell) =>
      cell
        .replace(/^\uFEFF/, '')
        .replaceAll('"', '')
        .trim()
        .toLowerCase(),
    ),
  );
  return REQUIRED.every((column) => names.has(column.toLowerCase()));
}

/** @returns which cell of a row holds which column */
export function readHeader(cells: readonly string[], file: string): ReadonlyMap<Column, number> {
  const found = new Map<Column, number>();
  cells.forEach((cell, index) => {
    const name = cell.trim().toLowerCase();
    const column = COLUMNS.find((known) => known.toLowerCase() === name);
    if (!column) throw new BadInput(`${file}, row 1: ${unknownColumn(cell)}`);
    if (found.has(column)) throw new BadInput(`${file}, row 1: column "${column}" stands there twice`);
    found.set(column, index);
  });
  for (const column of REQUIRED) {
    if (!found.has(column)) throw new BadInput(`${file}, row 1: column "${column}" is missing`);
  }
  return found;
}

function unknownColumn(cell: string): string {
  // A plan without a header has an address here, or worse: only a word that looks like a name is repeated.
  const shown = /^[A-Za-z][A-Za-z _-]{0,39}$/.test(cell.trim())
    ? `column "${cell.trim()}" is unknown`
    : 'it is no header row';
  return `${shown}; the columns are ${COLUMNS.join(', ')}`;
}
