import type { ReactElement } from 'react';
import type { Click } from '../keys/mouse-hub.js';
import { useLook } from '../look.js';
import { marked, type Spans, span } from '../text/spans.js';
import { type Column, columnCells, columnTitles, placeColumns, type SortOrder } from './columns.js';
import { Lines } from './Lines.js';
import { type Marks, NO_MARKS } from './marks.js';
import { keepInView, type Scroll } from './scroll.js';

export interface TableProps<T> {
  readonly columns: readonly Column<T>[];
  /** Sorted and filtered already; only those in view are looked at. */
  readonly rows: readonly T[];
  readonly idOf: (row: T) => string;
  readonly scroll: Scroll;
  readonly order?: SortOrder;
  readonly marks?: Marks;
  readonly width: number;
  /** Lines, with the line of titles. */
  readonly height: number;
  /** The text in place of rows when there are none. */
  readonly empty?: string;
  /** The row of this index was clicked. */
  readonly onRow?: (index: number) => void;
  /** The title of a column that can be sorted by was clicked. */
  readonly onTitle?: (column: string) => void;
}

/** Cells in front of a row: the cursor, the mark and a blank. */
const LEAD = 3;

/** A list of 50,000 rows costs what the visible ones cost. */
export function Table<T>(props: TableProps<T>): ReactElement | null {
  const { glyphs } = useLook();
  const { columns, rows, idOf, marks = NO_MARKS, width, height, order = null } = props;
  const placed = placeColumns(columns, width - LEAD - 1);
  const seen = Math.max(0, height - 1);
  const { cursor, top } = keepInView(props.scroll, rows.length, seen);
  const body = rows.slice(top, top + seen).map((row, index): Spans => {
    const isUnderCursor = top + index === cursor;
    const mark = marks.has(idOf(row)) ? glyphs.mark : ' ';
    const cells = columnCells(placed, row, glyphs.ellipsis);
    // Not by colour alone: the cursor is a sign as well.
    if (isUnderCursor) return [...marked([glyphs.cursor, mark, ' ', ...cells, ' '], 'selected')];
    return [' ', span('accent', mark), ' ', ...cells];
  });
  const titles: Spans = [' '.repeat(LEAD), ...columnTitles(placed, order, glyphs)];
  const none: Spans[] = rows.length === 0 && props.empty ? [[' '.repeat(LEAD), span('dim', props.empty)]] : [];
  const { onRow, onTitle } = props;
  const onClick = ({ y, part }: Click): void => {
    if (y > 0 && top + y - 1 < rows.length) onRow?.(top + y - 1);
    else if (y === 0 && part !== null) onTitle?.(part);
  };
  return <Lines lines={[titles, ...body, ...none]} width={width} height={height} onClick={onClick} />;
}
