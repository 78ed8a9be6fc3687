import { type ReactElement, useCallback, useMemo } from 'react';
import type { ErrorGroupEntity } from '../../../protocol/answers.js';
import type { MailboxEntity } from '../../../protocol/entities.js';
import { showPast } from '../../../words/times.js';
import { plural } from '../../../words/units.js';
import { Lines } from '../../components/Lines.js';
import { useLook } from '../../look.js';
import { useTyped, useView } from '../../model/context.js';
import { byStanding, entryText, type GroupedBy, groupName, sumGroups, untriedBehind } from '../../select/errors.js';
import { type Chosen, groupsTarget, scopedFilter, type TriageTarget } from '../../select/triage-target.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import type { Spans } from '../../text/spans.js';
import { type ErrorsView, useErrors } from '../shared/use-errors.js';
import { useFilter } from '../shared/use-filter.js';
import { FILTER_HINT } from './bindings.js';
import { type GroupLook, groupLines } from './detail-lines.js';
import { ErrorTable } from './ErrorTable.js';
import { type ErrorRow, type Fold, foldedRows, groupsIn, rowColumns, rowId } from './error-rows.js';
import { groupColumns } from './group-columns.js';

/** Failures by response code or by kind: what there is, how much of it, what to do, and keys that do it. */
export function ErrorsScreen({ params, width, height }: ScreenProps): ReactElement {
  const { now, batch, mailboxes } = useView();
  const { glyphs } = useLook();
  const typed = useTyped();
  const shell = useShell();
  const filter = useFilter('', FILTER_HINT);
  const [by, setBy] = useKept<GroupedBy>('by', 'code');
  const view = useErrors({ mailbox: params.mailbox ?? null, filter: filter.text, by });
  const { groups, rows, arrange, turn } = useErrorRows(view.groups);
  const shown = view.asked.by;
  const since: Spans = batch ? [`   since ${showPast(batch.startedAt, now)}`] : [];
  const open = (row: ErrorRow): void => {
    if (row.kind === 'fold') turn(row);
    else
      shell.go('error-group', {
        ...params,
        group: row.group.key,
        name: groupName(row.group, shown),
        by: shown,
        filter: view.asked.filter,
      });
  };
  return (
    <ErrorTable<ErrorRow>
      what="groups"
      said={sumSpans(groups)}
      right={[shown === 'code' ? '   by response code' : '   by kind', ...since]}
      rows={rows}
      arrange={arrange}
      columns={rowColumns(groupColumns(groups, shown, now, glyphs, typed))}
      idOf={rowId}
      linesOf={(row) => groupsIn([row]).flatMap(({ entries }) => entries.map(entryText))}
      filter={filter}
      filteredBy={scopedFilter(params.email, view.asked.filter)}
      trouble={view.groups === null ? null : view.trouble}
      targetOf={targetOf}
      sampleOf={(row) => (row.kind === 'group' ? (row.group.entries[0] ?? null) : null)}
      turns={{
        label: by === 'code' ? 'by kind' : 'by code',
        turn: () => setBy((now) => (now === 'code' ? 'kind' : 'code')),
      }}
      width={width}
      height={height}
      empty={emptyText(view)}
      onOpen={open}
      detail={(row, lines) => (
        <Lines
          lines={detailOf(row, { by: shown, width, height: lines, glyphs, typed }, mailboxes)}
          width={width}
          height={lines}
        />
      )}
    />
  );
}

function detailOf(row: ErrorRow | null, look: Omit<GroupLook, 'untried'>, mailboxes: readonly MailboxEntity[]) {
  if (row?.kind !== 'group') return [];
  return groupLines(row.group, { ...look, untried: untriedBehind(row.group, mailboxes) });
}

/** Groups as rows; what is folded stays so while one looks at an entry. */
function useErrorRows(told: readonly ErrorGroupEntity[] | null) {
  const [opened, setOpened] = useKept<readonly string[]>('opened', []);
  const groups = useMemo(() => byStanding(told ?? []), [told]);
  const rows = useMemo(() => groups.map((group): ErrorRow => ({ kind: 'group', group })), [groups]);
  const arrange = useCallback((sorted: readonly ErrorRow[]) => foldedRows(sorted, new Set(opened)), [opened]);
  const turn = ({ view, standing }: Fold) =>
    setOpened((was) => (view === 'open' ? was.filter((one) => one !== standing) : [...was, standing]));
  return { groups, rows, arrange, turn };
}

/** The groups among the rows: a line that folds is no target. */
function targetOf({ rows, marked, current, filter }: Chosen<ErrorRow>): TriageTarget | null {
  const [group = null] = current === null ? [] : groupsIn([current]);
  return groupsTarget({ filter, rows: groupsIn(rows), marked: groupsIn(marked), current: group });
}

/** `   214 messages, 2 failures in 23 mailboxes`: failures name no message. */
function sumSpans(groups: readonly ErrorGroupEntity[]): Spans {
  const { messages, failures, mailboxes, counted } = sumGroups(groups);
  if (groups.length === 0) return [];
  if (messages + failures === 0) return ['   nothing is open'];
  const boxes = plural(mailboxes, 'mailbox', 'mailboxes');
  const amounts = [
    ...(messages > 0 ? [plural(messages, 'message')] : []),
    ...(failures > 0 ? [plural(failures, 'failure')] : []),
  ];
  return [`   ${amounts.join(', ')} in ${counted === 'all' ? '' : 'at least '}${boxes}`];
}

function emptyText({ groups, trouble, asked }: ErrorsView): string {
  if (groups === null) return trouble ?? 'asking the engine';
  return asked.filter === '' ? 'no errors' : 'no error matches the filter';
}
