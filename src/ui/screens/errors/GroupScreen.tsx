import { type ReactElement, useMemo } from 'react';
import type { ErrorEntryEntity } from '../../../engine/protocol.js';
import { Lines } from '../../components/Lines.js';
import { ruleLine } from '../../components/Rule.js';
import { useLook } from '../../look.js';
import { useView } from '../../model/context.js';
import { useErrors } from '../../model/use-errors.js';
import { entryKey, entryText, filterEntries, groupKey } from '../../select/errors.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { plural } from '../../text/format.js';
import { useFilter } from '../shared/use-filter.js';
import { entryColumns } from './columns.js';
import { entryLines } from './detail-lines.js';
import { ErrorTable } from './ErrorTable.js';

/** One group: its entries, most messages first, and the one under the cursor whole. */
export function GroupScreen({ params, width, height }: ScreenProps): ReactElement {
  const { now, mailboxes } = useView();
  const { glyphs } = useLook();
  const shell = useShell();
  const filter = useFilter();
  const { groups } = useErrors(params.mailbox ?? null);
  const group = groups?.find((one) => groupKey(one) === params.group);
  const all = useMemo(() => group?.entries ?? [], [group]);
  const rows = useMemo(() => filterEntries(all, filter.text), [all, filter.text]);
  const unsent = (group?.size ?? 0) - all.length;
  const openMailbox = ({ mailbox }: ErrorEntryEntity): void => {
    const id = mailboxes.find(({ email }) => email === mailbox)?.id;
    if (id !== undefined) shell.go('mailbox', { mailbox: id, email: mailbox });
  };
  return (
    <ErrorTable<ErrorEntryEntity>
      what="entries"
      said={[
        `   ${plural(group?.messages ?? 0, 'UID')}`,
        ...(unsent > 0 ? [`   ${plural(unsent, 'smaller one')} not shown`] : []),
      ]}
      rows={rows}
      all={all}
      columns={entryColumns(now)}
      idOf={entryKey}
      linesOf={(entry) => [entryText(entry)]}
      filter={filter}
      width={width}
      height={height}
      empty={groups === null ? 'asking the engine' : 'nothing of this is open any more'}
      onOpen={(entry) => shell.go('error', { ...params, entry: entryKey(entry), place: entry.mailbox })}
      onMailbox={openMailbox}
      detail={(entry, lines) => (
        <Lines
          lines={entry ? [ruleLine([entry.mailbox], width, glyphs), ...entryLines(entry, width, now)] : []}
          width={width}
          height={lines}
        />
      )}
    />
  );
}
