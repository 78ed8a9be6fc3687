import { type ReactElement, useMemo } from 'react';
import type { ErrorEntryEntity, ErrorGroupEntity } from '../../../protocol/answers.js';
import { amountText } from '../../../words/amount.js';
import { plural } from '../../../words/units.js';
import { Lines } from '../../components/Lines.js';
import { ruleLine } from '../../components/Rule.js';
import { useLook } from '../../look.js';
import { useTyped, useView } from '../../model/context.js';
import { entryText, type GroupedBy, keptBack } from '../../select/errors.js';
import { entriesTarget, scopedFilter } from '../../select/triage-target.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { span } from '../../text/spans.js';
import { useErrors } from '../shared/use-errors.js';
import { useFilter } from '../shared/use-filter.js';
import { useOpenMailbox } from '../shared/use-open-mailbox.js';
import { FILTER_HINT } from './bindings.js';
import { entryLines } from './detail-lines.js';
import { ErrorTable } from './ErrorTable.js';
import { entryColumns } from './entry-columns.js';

const idOf = ({ id }: ErrorEntryEntity) => id;
const ALL = (entries: readonly ErrorEntryEntity[]) => entries;

/** One group: its entries, most messages first, and the one under the cursor whole. */
export function GroupScreen({ params, width, height }: ScreenProps): ReactElement {
  const { now } = useView();
  const { glyphs } = useLook();
  const typed = useTyped();
  const shell = useShell();
  const openMailbox = useOpenMailbox();
  const filter = useFilter(params.filter, FILTER_HINT);
  const by: GroupedBy = params.by === 'kind' ? 'kind' : 'code';
  const key = params.group ?? '';
  const { groups, asked, trouble } = useErrors({ mailbox: params.mailbox ?? null, filter: filter.text, by });
  const group = groups?.find((one) => one.key === key);
  const rows = useMemo(() => group?.entries ?? [], [group]);
  const size = group?.size ?? 0;
  const unsent = size - rows.length;
  return (
    <ErrorTable<ErrorEntryEntity>
      what="entries"
      said={[`   ${saidOf(group)}`, ...(unsent > 0 ? [`   ${plural(unsent, 'smaller one')} not shown`] : [])]}
      right={[]}
      rows={rows}
      arrange={ALL}
      columns={entryColumns(now)}
      idOf={idOf}
      linesOf={(entry) => [entryText(entry)]}
      filter={filter}
      filteredBy={scopedFilter(params.email, asked.filter)}
      trouble={groups === null ? null : trouble}
      targetOf={(chosen) => entriesTarget(chosen, key, size)}
      sampleOf={(entry) => entry}
      turns={null}
      width={width}
      height={height}
      empty={emptyText(groups === null, trouble, asked.filter)}
      onOpen={({ id, mailbox }) => shell.go('error', { ...params, filter: asked.filter, entry: id, place: mailbox })}
      onMailbox={({ mailbox }) => openMailbox(mailbox)}
      detail={(entry, lines) => (
        <Lines
          lines={
            entry
              ? [ruleLine([span('strong', entry.mailbox)], width, glyphs), ...entryLines(entry, { width, now, typed })]
              : []
          }
          width={width}
          height={lines}
        />
      )}
    />
  );
}

/** `131 messages`, `36 second copies` */
function saidOf(group: ErrorGroupEntity | undefined): string {
  const { failures = 0, doubled = 0 } = group ?? {};
  return doubled > 0
    ? plural(doubled, 'second copy', 'second copies')
    : amountText(group ? keptBack(group) : 0, failures);
}

function emptyText(isUnknown: boolean, trouble: string | null, filter: string): string {
  if (isUnknown) return trouble ?? 'asking the engine';
  return filter === '' ? 'nothing of this is there any more' : 'no error of this group matches the filter';
}
