import { type Align, type Cut, fitText } from '../text/fit.js';
import { widthOf } from '../text/graphemes.js';
import { aimed, type Spans, span } from '../text/spans.js';
import type { Tone } from '../text/theme.js';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** Cells it needs at least; `most` is where it stops growing. */
  readonly least: number;
  readonly most: number;
  readonly align?: Align;
  readonly cut?: Cut;
  /** Where room is short the highest number goes first; 0 always stays. */
  readonly priority: number;
  readonly text: (row: T) => string;
  readonly tone?: (row: T) => Tone;
  /** The value it is sorted by; a column without it cannot be sorted. */
  readonly order?: (row: T) => number | string;
  /** A text in place of this column and all behind it, for a row without values in them; null: the row has values. */
  readonly instead?: (row: T) => { readonly text: string; readonly tone: Tone } | null;
}

export interface PlacedColumn<T> {
  readonly column: Column<T>;
  readonly width: number;
}

/** Cells between two columns. */
const GAP = 2;

/** Chooses the columns that fit, and their widths; free cells go to those that may grow, a cell each in turn. */
export function placeColumns<T>(columns: readonly Column<T>[], width: number): readonly PlacedColumn<T>[] {
  let kept = [...columns];
  const needed = () => kept.reduce((sum, { least }) => sum + least, 0) + GAP * Math.max(0, kept.length - 1);
  while (needed() > width) {
    const lowest = Math.max(...kept.map(({ priority }) => priority));
    if (lowest <= 0) break;
    const last = kept.map(({ priority }) => priority).lastIndexOf(lowest);
    kept = kept.filter((_, index) => index !== last);
  }
  const widths = kept.map(({ least }) => least);
  let left = width - needed();
  while (left > 0) {
    const growing = kept.flatMap(({ most }, index) => ((widths[index] ?? 0) < most ? [index] : []));
    if (growing.length === 0) break;
    const each = Math.max(1, Math.floor(left / growing.length));
    for (const index of growing) {
      const more = Math.min(each, left, (kept[index]?.most ?? 0) - (widths[index] ?? 0));
      widths[index] = (widths[index] ?? 0) + more;
      left -= more;
    }
  }
  return kept.map((column, index) => ({ column, width: widths[index] ?? column.least }));
}

/** No column grows wider than its longest text: the room goes to those that are cut. For lists of few rows. */
export function fittedTo<T>(columns: readonly Column<T>[], rows: readonly T[]): readonly Column<T>[] {
  return columns.map((column) => {
    const longest = rows.reduce((most, row) => Math.max(most, widthOf(column.text(row))), 0);
    return { ...column, most: Math.max(column.least, Math.min(column.most, longest)) };
  });
}

export type SortOrder = { readonly by: string; readonly direction: 'up' | 'down' } | null;

/** Sorted by a column, rows that are equal there in their order before; a copy. */
export function sortRows<T>(rows: readonly T[], columns: readonly Column<T>[], order: SortOrder): readonly T[] {
  const key = order && columns.find(({ id }) => id === order.by)?.order;
  if (!order || !key) return rows;
  const sign = order.direction === 'up' ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: key(row) }));
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return keyed.map(({ row }) => row);
}

/** Numbers stand at the right, and the largest of them is looked for; names begin with A, states with what needs a hand. */
function firstDirection<T>({ align }: Column<T>): 'up' | 'down' {
  return align === 'right' ? 'down' : 'up';
}

/** The columns that a list can be sorted by. */
export function sortableColumns<T>(columns: readonly Column<T>[]): readonly Column<T>[] {
  return columns.filter((column) => column.order);
}

/** The order after a column was chosen: its first direction, or the other one where it was sorted by it. Null: the list's own. */
export function chosenOrder<T>(columns: readonly Column<T>[], order: SortOrder, chosen: string | null): SortOrder {
  const column = sortableColumns(columns).find(({ id }) => id === chosen);
  if (!column) return null;
  if (order?.by !== column.id) return { by: column.id, direction: firstDirection(column) };
  return { by: column.id, direction: order.direction === 'up' ? 'down' : 'up' };
}

export function columnTitles<T>(
  placed: readonly PlacedColumn<T>[],
  order: SortOrder,
  signs: { up: string; down: string },
): Spans {
  return placed.flatMap(({ column, width }, index) => {
    const sign = order?.by === column.id ? ` ${signs[order.direction]}` : '';
    const text = fitText(column.title + sign, width, column.align ? { align: column.align } : {});
    const title = span('dim', text);
    return [
      ...(index === 0 ? [] : [' '.repeat(GAP)]),
      ...(column.order ? aimed({ part: column.id }, [title]) : [title]),
    ];
  });
}

export function columnCells<T>(placed: readonly PlacedColumn<T>[], row: T, ellipsis: string): Spans {
  const cells: Spans[number][] = [];
  for (const [index, { column, width }] of placed.entries()) {
    if (index > 0) cells.push(' '.repeat(GAP));
    const instead = column.instead?.(row) ?? null;
    if (instead !== null) {
      const room = widthOfAll(placed.slice(index));
      return [...cells, span(instead.tone, fitText(instead.text, room, { ellipsis }))];
    }
    const { align = 'left', cut = 'end' } = column;
    cells.push(span(column.tone?.(row) ?? 'text', fitText(column.text(row), width, { align, cut, ellipsis })));
  }
  return cells;
}

function widthOfAll(placed: readonly PlacedColumn<never>[]): number {
  return placed.reduce((sum, { width }) => sum + width, 0) + GAP * Math.max(0, placed.length - 1);
}
