import { type ReactElement, type ReactNode, useMemo } from 'react';
import type { ErrorEntryEntity } from '../../../protocol/answers.js';
import { plural, showCount } from '../../../words/units.js';
import { type Column, sortRows } from '../../components/columns.js';
import { Rule } from '../../components/Rule.js';
import { seenRange } from '../../components/scroll.js';
import { Table } from '../../components/Table.js';
import { labelled } from '../../keys/labelled.js';
import { useKeys } from '../../keys/use-keys.js';
import type { Chosen, TriageTarget } from '../../select/triage-target.js';
import { useShell } from '../../shell/context.js';
import { type Spans, span } from '../../text/spans.js';
import { Page } from '../shared/Page.js';
import { useClearing } from '../shared/use-clearing.js';
import type { FilterState } from '../shared/use-filter.js';
import { useList } from '../shared/use-list.js';
import { useMarks } from '../shared/use-marks.js';
import { useSort } from '../shared/use-sort.js';
import { useExport } from './actions/use-export.js';
import { useTriage } from './actions/use-triage.js';
import { ERRORS_BINDINGS } from './bindings.js';
import { useExplain } from './use-explain.js';
import { useHeaders } from './use-headers.js';

export interface ErrorTableProps<T> {
  /** The items of the list: `groups`, `entries`. */
  readonly what: string;
  readonly said: Spans;
  /** In the first line, before the time. */
  readonly right: Spans;
  readonly rows: readonly T[];
  /** The rows to list, in order, out of the sorted ones. */
  readonly arrange: (sorted: readonly T[]) => readonly T[];
  readonly columns: readonly Column<T>[];
  readonly idOf: (row: T) => string;
  /** A row as it is copied, one or more lines. */
  readonly linesOf: (row: T) => readonly string[];
  readonly filter: FilterState;
  /** The filter of the rows, as the engine took it. */
  readonly filteredBy: string;
  /** Why the last question was not answered, or null. */
  readonly trouble: string | null;
  readonly targetOf: (chosen: Chosen<T>) => TriageTarget | null;
  /** The entry to show when the cursor is on a row. */
  readonly sampleOf: (row: T) => ErrorEntryEntity | null;
  /** The effect of the key that turns the grouping; null: there is none. */
  readonly turns: { readonly label: string; readonly turn: () => void } | null;
  readonly width: number;
  readonly height: number;
  readonly empty: string;
  readonly onOpen: (row: T) => void;
  readonly onMailbox?: (row: T) => void;
  /** Below the table, in so many lines. */
  readonly detail: (row: T | null, lines: number) => ReactNode;
}

/** A list of causes that can be decided about, and the one under the cursor below it. */
export function ErrorTable<T>(props: ErrorTableProps<T>): ReactElement {
  const { rows, columns, idOf, filter, turns, width, height, onMailbox } = props;
  const shell = useShell();
  const explain = useExplain();
  const { sort, inOrder, sorted } = useSorted(props);
  const ids = useMemo(() => new Set(rows.map(idOf)), [rows, idOf]);
  const marking = useMarks(ids);
  const { marks, hidden, toggle, toggleAll, clear } = marking;
  useClearing(filter, marking);
  const tableHeight = Math.max(5, Math.min(sorted.length + 1, Math.floor((height - 2) * 0.45)));
  const list = useList('errors', sorted, idOf, tableHeight - 1);
  const { current } = list;
  const marked = useMemo(() => sorted.filter((row) => marks.has(idOf(row))), [sorted, marks, idOf]);
  const target = props.targetOf({ rows: inOrder, marked, current, filter: props.filteredBy });
  const triage = useTriage(target, () => {
    list.actedOn(new Set((marked.length > 0 ? marked : current === null ? [] : [current]).map(idOf)));
    clear();
  });
  const exportTo = useExport();
  const showHeaders = useHeaders();
  const sample = current === null ? null : props.sampleOf(current);
  const labels = { 'errors.sort': `sort by ${sort.said}`, ...(turns ? { 'errors.by': turns.label } : {}) };
  const actions = {
    ...list.actions,
    ...triage,
    'errors.open': current ? () => props.onOpen(current) : undefined,
    'errors.explain': sample ? () => explain(sample.response, sample) : undefined,
    'errors.filter': filter.open,
    'errors.by': turns?.turn,
    'errors.sort': sort.open,
    'errors.mark': current && ids.has(idOf(current)) ? () => toggle(idOf(current)) : undefined,
    'errors.mark-all': () => toggleAll(sorted.map(idOf)),
    'errors.mailbox': current && onMailbox ? () => onMailbox(current) : undefined,
    'errors.copy': current ? () => shell.copy(props.linesOf(current).join('\n'), 'the error') : undefined,
    'errors.headers': target ? () => showHeaders(target) : undefined,
    'errors.save': target ? () => exportTo(target) : undefined,
  };
  const lead = marked.length > 0 ? { lead: `${showCount(marked.length)} marked` } : {};
  useKeys(labelled(ERRORS_BINDINGS, labels), actions, lead);
  const title = titleOf(props, seenRange(list.scroll, sorted.length, tableHeight - 1), hidden.size);
  return (
    <Page height={height} right={props.right} over={filter.line(width, props.trouble)}>
      <Rule title={title} width={width} />
      <Table
        columns={columns}
        rows={sorted}
        idOf={idOf}
        onRow={list.click}
        scroll={list.scroll}
        order={sort.order}
        onTitle={sort.by}
        marks={marks}
        width={width}
        height={tableHeight}
        empty={props.empty}
      />
      {props.detail(current, height - 2 - tableHeight)}
    </Page>
  );
}

/** The rows in the order of the chosen column, and those of them that are listed. */
function useSorted<T>({ rows, columns, arrange }: Pick<ErrorTableProps<T>, 'rows' | 'columns' | 'arrange'>) {
  const sort = useSort(columns, 'count');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns change with every second, what they sort by does not
  const inOrder = useMemo(() => sortRows(rows, columns, sort.order), [rows, sort.order]);
  const sorted = useMemo(() => arrange(inOrder), [arrange, inOrder]);
  return { sort, inOrder, sorted };
}

/** @param seen    the range of rows in view @param hidden  marks of rows that are not listed */
function titleOf(
  { what, filter, said }: Pick<ErrorTableProps<unknown>, 'what' | 'filter' | 'said'>,
  seen: string,
  hidden: number,
): Spans {
  // No order acts on hidden marks. Without a filter they are marks of rows that are gone.
  const marks = filter.text !== '' && hidden > 0 ? [`   ${plural(hidden, 'mark')} hidden`] : [];
  return [span('strong', `${what} ${seen}`), ...filter.said, ...marks, ...said];
}
