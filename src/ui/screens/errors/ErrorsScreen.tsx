import { type ReactElement, useMemo } from 'react';
import type { ErrorGroupEntity } from '../../../protocol/answers.js';
import { showPast } from '../../../words/times.js';
import { plural } from '../../../words/units.js';
import { Lines } from '../../components/Lines.js';
import { useLook } from '../../look.js';
import { useView } from '../../model/context.js';
import { type ErrorsView, useErrors } from '../../model/use-errors.js';
import { amountText, byStanding, entryText, type GroupedBy, groupName, sumGroups } from '../../select/errors.js';
import { groupsTarget, scopedFilter } from '../../select/triage-target.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import type { Spans } from '../../text/spans.js';
import { useFilter } from '../shared/use-filter.js';
import { FILTER_HINT } from './bindings.js';
import { groupLines } from './detail-lines.js';
import { ErrorTable } from './ErrorTable.js';
import { groupColumns } from './group-columns.js';

const keyOf = ({ key }: ErrorGroupEntity) => key;

/** Failures by response code or by kind: what there is, how much of it, what to do, and keys that do it. */
export function ErrorsScreen({ params, width, height }: ScreenProps): ReactElement {
  const { now, batch } = useView();
  const { glyphs } = useLook();
  const shell = useShell();
  const filter = useFilter('', FILTER_HINT);
  const [by, setBy] = useKept<GroupedBy>('by', 'code');
  const view = useErrors({ mailbox: params.mailbox ?? null, filter: filter.text, by });
  const rows = useMemo(() => byStanding(view.groups ?? []), [view.groups]);
  const shown = view.asked.by;
  const since: Spans = batch ? [`   since ${showPast(batch.startedAt, now)}`] : [];
  return (
    <ErrorTable<ErrorGroupEntity>
      what="groups"
      said={sumSpans(rows)}
      right={[shown === 'code' ? '   by response code' : '   by kind', ...since]}
      rows={rows}
      columns={groupColumns(rows, shown, now, glyphs)}
      idOf={keyOf}
      linesOf={(group) => group.entries.map(entryText)}
      filter={filter}
      filteredBy={scopedFilter(params.email, view.asked.filter)}
      trouble={view.groups === null ? null : view.trouble}
      targetOf={groupsTarget}
      sampleOf={({ entries }) => entries[0] ?? null}
      turns={{
        label: by === 'code' ? 'by kind' : 'by code',
        turn: () => setBy((now) => (now === 'code' ? 'kind' : 'code')),
      }}
      width={width}
      height={height}
      empty={emptyText(view)}
      onOpen={(group) =>
        shell.go('error-group', {
          ...params,
          group: group.key,
          name: groupName(group, shown),
          by: shown,
          filter: view.asked.filter,
        })
      }
      detail={(group, lines) => (
        <Lines
          lines={group ? groupLines(group, { by: shown, width, height: lines, glyphs }) : []}
          width={width}
          height={lines}
        />
      )}
    />
  );
}

/** `   214 UIDs in 23 mailboxes` */
function sumSpans(groups: readonly ErrorGroupEntity[]): Spans {
  const { messages, failures, mailboxes, counted } = sumGroups(groups);
  if (groups.length === 0) return [];
  if (messages + failures === 0) return ['   nothing is open'];
  const boxes = plural(mailboxes, 'mailbox', 'mailboxes');
  return [`   ${amountText(messages, failures)} in ${counted === 'all' ? '' : 'at least '}${boxes}`];
}

function emptyText({ groups, trouble, asked }: ErrorsView): string {
  if (groups === null) return trouble ?? 'asking the engine';
  return asked.filter === '' ? 'no errors' : 'no error matches the filter';
}
