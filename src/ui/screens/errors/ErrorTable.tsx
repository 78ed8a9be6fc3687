import { type ReactElement, type ReactNode, useMemo } from 'react';
import { type Column, nextOrder, type SortOrder, sortRows } from '../../components/columns.js';
import { Rule } from '../../components/Rule.js';
import { seenRange } from '../../components/scroll.js';
import { Table } from '../../components/Table.js';
import { useKeys } from '../../keys/use-keys.js';
import { useShell } from '../../shell/context.js';
import { useKept } from '../../shell/use-kept.js';
import { type Spans, span } from '../../text/spans.js';
import { Page } from '../shared/Page.js';
import type { FilterState } from '../shared/use-filter.js';
import { useList } from '../shared/use-list.js';
import { useMarks } from '../shared/use-marks.js';
import { useSave } from '../shared/use-save.js';
import { ERRORS_BINDINGS } from './bindings.js';

export interface ErrorTableProps<T> {
  /** What the list is of: `groups`, `entries`. */
  readonly what: string;
  readonly said: Spans;
  /** As filtered, and all of them. */
  readonly rows: readonly T[];
  readonly all: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly idOf: (row: T) => string;
  /** A row as it is copied and saved, one or more lines. */
  readonly linesOf: (row: T) => readonly string[];
  readonly filter: FilterState;
  readonly width: number;
  readonly height: number;
  readonly empty: string;
  readonly onOpen: (row: T) => void;
  readonly onMailbox?: (row: T) => void;
  /** Below the table, in so many lines. */
  readonly detail: (row: T | null, lines: number) => ReactNode;
}

/** A list of causes, and the one under the cursor below it. */
export function ErrorTable<T>(props: ErrorTableProps<T>): ReactElement {
  const { rows, all, columns, idOf, filter, width, height, onMailbox } = props;
  const shell = useShell();
  const save = useSave();
  const [sort, setSort] = useKept<SortOrder>('sort', null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns change with every second, what they sort by does not
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, sort]);
  const ids = useMemo(() => new Set(all.map(idOf)), [all, idOf]);
  const marks = useMarks(ids);
  const tableHeight = Math.max(5, Math.min(sorted.length + 1, Math.floor((height - 2) * 0.55)));
  const list = useList('errors', sorted, idOf, tableHeight - 1);
  const { current } = list;
  const meant = () => {
    const marked = all.filter((row) => marks.marks.has(idOf(row)));
    return marked.length > 0 ? marked : sorted;
  };
  useKeys(ERRORS_BINDINGS, {
    ...list.actions,
    'errors.open': current ? () => props.onOpen(current) : undefined,
    'errors.filter': filter.open,
    'errors.sort': () => setSort((by) => nextOrder(columns, by)),
    'errors.mark': current ? () => marks.toggle(idOf(current)) : undefined,
    'errors.mark-all': () => marks.toggleAll(sorted.map(idOf)),
    'errors.mailbox': current && onMailbox ? () => onMailbox(current) : undefined,
    'errors.copy': current ? () => shell.copy(props.linesOf(current).join('\n'), 'the error') : undefined,
    'errors.save': sorted.length > 0 ? () => void save('errors', meant().flatMap(props.linesOf)) : undefined,
  });
  const title: Spans = [
    span('strong', `${props.what} ${seenRange(list.scroll, sorted.length, tableHeight - 1)}`),
    ...props.said,
    ...filter.said,
    ...(sort ? [`   by ${columns.find(({ id }) => id === sort.by)?.title ?? ''}`] : []),
    ...(marks.marks.size > 0 ? ['   marked ', span('accent', String(marks.marks.size))] : []),
  ];
  return (
    <Page height={height} over={filter.line(width)}>
      <Rule title={title} width={width} />
      <Table
        columns={columns}
        rows={sorted}
        idOf={idOf}
        scroll={list.scroll}
        order={sort}
        marks={marks.marks}
        width={width}
        height={tableHeight}
        empty={props.empty}
      />
      {props.detail(current, height - 2 - tableHeight)}
    </Page>
  );
}
