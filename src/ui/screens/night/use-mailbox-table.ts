import { useMemo } from 'react';
import type { BatchEntity, MailboxEntity } from '../../../protocol/entities.js';
import { showCount } from '../../../words/units.js';
import { sortRows } from '../../components/columns.js';
import { seenRange } from '../../components/scroll.js';
import { useLook } from '../../look.js';
import { byAttention } from '../../select/attention.js';
import { drainOf } from '../../select/states.js';
import { type Spans, span } from '../../text/spans.js';
import { mailboxColumns } from '../shared/mailbox-columns.js';
import type { FilterState } from '../shared/use-filter.js';
import { useList } from '../shared/use-list.js';
import { useMarks } from '../shared/use-marks.js';
import { useSort } from '../shared/use-sort.js';

export const idOf = ({ id }: MailboxEntity): string => id;

export interface MailboxTable {
  readonly columns: ReturnType<typeof mailboxColumns>;
  readonly rows: readonly MailboxEntity[];
  readonly list: ReturnType<typeof useList<MailboxEntity>>;
  readonly sort: ReturnType<typeof useSort>;
  readonly marks: ReturnType<typeof useMarks>;
  /** Marked mailboxes that the filter lets through: only these are acted on. */
  readonly marked: readonly MailboxEntity[];
  readonly title: Spans;
}

interface Listed {
  readonly batch: BatchEntity | null;
  readonly mailboxes: readonly MailboxEntity[];
  /** The mailboxes that pass the filter. */
  readonly shown: readonly MailboxEntity[];
  readonly now: number;
}

/** All mailboxes as a table, sorted and marked. @param seen  rows that fit */
export function useMailboxTable(
  { batch, mailboxes, shown, now }: Listed,
  filter: FilterState,
  seen: number,
): MailboxTable {
  const { glyphs } = useLook();
  const columns = mailboxColumns(now, glyphs, drainOf(batch));
  const sort = useSort(columns, 'what needs you');
  // Only visible mailboxes are acted on: a mark that the filter hides waits until it is seen again.
  const ids = useMemo(() => new Set(shown.map(idOf)), [shown]);
  // The columns change with every second, what they sort by does not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: sorted when mailboxes or the order change, not each second
  const rows = useMemo(() => sortRows(byAttention(shown), columns, sort.order), [shown, sort.order]);
  const marks = useMarks(ids);
  const list = useList('table', rows, idOf, seen);
  const marked = useMemo(() => shown.filter(({ id }) => marks.marks.has(id)), [shown, marks.marks]);
  const hidden = useMemo(() => mailboxes.filter(({ id }) => marks.hidden.has(id)).length, [mailboxes, marks.hidden]);
  const title: Spans = [
    span('strong', `mailboxes ${seenRange(list.scroll, rows.length, seen)}`),
    ...(shown.length < mailboxes.length ? [` (${showCount(mailboxes.length)} in all)`] : []),
    ...(marked.length + hidden > 0 ? ['   marked ', span('accent', showCount(marked.length))] : []),
    ...(hidden > 0 ? [`, ${showCount(hidden)} hidden`] : []),
    ...filter.said,
    `   by ${sort.said}`,
  ];
  return { columns, rows, list, sort, marks, marked, title };
}
