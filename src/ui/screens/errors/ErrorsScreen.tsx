import { type ReactElement, useMemo } from 'react';
import type { ErrorGroupEntity } from '../../../engine/protocol.js';
import { Lines } from '../../components/Lines.js';
import { useLook } from '../../look.js';
import { useView } from '../../model/context.js';
import { useErrors } from '../../model/use-errors.js';
import { entryText, filterGroups, groupKey, sumGroups } from '../../select/errors.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { plural } from '../../text/format.js';
import { useFilter } from '../shared/use-filter.js';
import { groupColumns } from './columns.js';
import { groupLines } from './detail-lines.js';
import { ErrorTable } from './ErrorTable.js';

/** Failures by response code: what there is, how much of it, what to do. */
export function ErrorsScreen({ params, width, height }: ScreenProps): ReactElement {
  const { now } = useView();
  const { glyphs } = useLook();
  const shell = useShell();
  const filter = useFilter();
  const { groups, trouble } = useErrors(params.mailbox ?? null);
  const all = useMemo(() => groups ?? [], [groups]);
  const rows = useMemo(() => filterGroups(all, filter.text), [all, filter.text]);
  const { messages, mailboxes } = sumGroups(all);
  return (
    <ErrorTable<ErrorGroupEntity>
      what="groups"
      said={all.length > 0 ? [`   ${plural(messages, 'UID')} in ${plural(mailboxes, 'mailbox', 'mailboxes')}`] : []}
      rows={rows}
      all={all}
      columns={groupColumns(now)}
      idOf={groupKey}
      linesOf={(group) => group.entries.map(entryText)}
      filter={filter}
      width={width}
      height={height}
      empty={emptyText(groups, trouble, filter.text)}
      onOpen={(group) => shell.go('error-group', { ...params, group: groupKey(group) })}
      detail={(group, lines) => (
        <Lines lines={group ? groupLines(group, width, lines, glyphs) : []} width={width} height={lines} />
      )}
    />
  );
}

function emptyText(groups: readonly ErrorGroupEntity[] | null, trouble: string | null, filter: string): string {
  if (groups === null) return trouble ?? 'asking the engine';
  return filter === '' || groups.length === 0 ? 'no errors' : 'no error matches the filter';
}
