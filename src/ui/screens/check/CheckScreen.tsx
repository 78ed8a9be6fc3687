import { Box } from 'ink';
import type { ReactElement } from 'react';
import { Lines } from '../../components/Lines.js';
import { Rule } from '../../components/Rule.js';
import { seenRange } from '../../components/scroll.js';
import { Table } from '../../components/Table.js';
import { labelled } from '../../keys/labelled.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { Breadcrumbs } from '../../shell/Breadcrumbs.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import { type Spans, span } from '../../text/spans.js';
import { useList } from '../shared/use-list.js';
import { CHECK_BINDINGS } from './bindings.js';
import { groupLines, progressLine, serverLines } from './check-lines.js';
import { GROUP_COLUMNS, MAILBOX_COLUMNS } from './columns.js';
import { useCheck, useCheckView } from './context.js';
import type { CheckState } from './services.js';

const idOf = ({ id }: { readonly id: string }) => id;
/** Lines of the group under the cursor. */
const DETAIL = 5;
const GOES_ON: ReadonlySet<CheckState> = new Set(['servers', 'mailboxes', 'writing']);

/** A check while it goes on: its servers, how far it is, and what it found so far. */
export function CheckScreen({ width, height }: ScreenProps): ReactElement {
  const { glyphs } = useLook();
  const shell = useShell();
  const check = useCheck();
  const view = useCheckView();
  const [shown, show] = useKept<'findings' | 'mailboxes'>('shown', 'findings');
  const servers = serverLines(view.servers, glyphs);
  const isFindings = shown === 'findings';
  const tableHeight = Math.max(2, height - 3 - servers.length - (isFindings ? DETAIL : 0));
  const groups = useList('groups', view.groups, idOf, tableHeight - 1);
  const mailboxes = useList('mailboxes', view.mailboxes, idOf, tableHeight - 1);
  const group = isFindings ? groups.current : null;
  const mailbox = isFindings ? null : mailboxes.current;
  const open = () => group && shell.go('check-group', { group: group.id, name: group.what });
  const copied = group ? `${group.severity}\t${group.what}\t${group.todo}` : mailbox?.email;
  useKeys(labelled(CHECK_BINDINGS, { 'check.next': isFindings ? 'mailboxes' : 'findings' }), {
    ...(isFindings ? groups : mailboxes).actions,
    'check.open': group ? () => void open() : undefined,
    'check.next': () => show(isFindings ? 'mailboxes' : 'findings'),
    'check.copy': copied === undefined ? undefined : () => shell.copy(copied, 'the row'),
    'check.stop': GOES_ON.has(view.state) ? check.stop : undefined,
  });
  const { scroll, rows } = isFindings ? groups : mailboxes;
  const title: Spans = [span('strong', shown), ` ${seenRange(scroll, rows.length, tableHeight - 1)}`];
  const table = { scroll, width, height: tableHeight, idOf };
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Breadcrumbs right={[span('dim', 'nothing is changed at either side, but by a write test')]} />
      <Lines lines={[...servers, progressLine(view, glyphs)]} width={width} />
      <Rule title={title} width={width} />
      {isFindings ? (
        <Table
          {...table}
          columns={GROUP_COLUMNS}
          rows={view.groups}
          onRow={groups.click}
          empty={emptyText(view.state)}
        />
      ) : (
        <Table {...table} columns={MAILBOX_COLUMNS} rows={view.mailboxes} onRow={mailboxes.click} />
      )}
      {isFindings && (
        <Lines lines={group ? groupLines(group, width, DETAIL, glyphs) : []} width={width} height={DETAIL} />
      )}
    </Box>
  );
}

const emptyText = (state: CheckState) => (state === 'done' ? 'nothing was found' : 'nothing was found so far');
