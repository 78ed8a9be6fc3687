import { Box } from 'ink';
import type { ReactElement } from 'react';
import { Lines } from '../../components/Lines.js';
import { Rule } from '../../components/Rule.js';
import { seenRange } from '../../components/scroll.js';
import { Table } from '../../components/Table.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { Breadcrumbs } from '../../shell/Breadcrumbs.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { useList } from '../shared/use-list.js';
import { FINDINGS_BINDINGS } from './bindings.js';
import { groupLines } from './check-lines.js';
import { FINDING_COLUMNS } from './columns.js';
import { useCheck, useCheckView } from './context.js';
import type { FindingRow } from './services.js';

const idOf = ({ id }: FindingRow) => id;
const HEAD = 6;
/** Lines for the row under the cursor, which may be longer than its column. */
const DETAIL = 3;

/** Every finding of a group, and what to do about it. */
export function FindingsScreen({ params, width, height }: ScreenProps): ReactElement {
  const { glyphs } = useLook();
  const shell = useShell();
  const check = useCheck();
  const group = useCheckView().groups.find(({ id }) => id === params.group);
  const rows = check.rows(params.group ?? '');
  const head = group ? groupLines(group, width, HEAD, glyphs) : [];
  const tableHeight = Math.max(2, height - 2 - head.length - DETAIL);
  const list = useList('findings', rows, idOf, tableHeight - 1);
  const { current } = list;
  useKeys(FINDINGS_BINDINGS, {
    ...list.actions,
    'findings.copy': current ? () => shell.copy([current.mailbox, current.details].join('\t'), 'the row') : undefined,
  });
  const whole = current ? wrap(current.details, width - 2, DETAIL).map((line): Spans => [' ', span('dim', line)]) : [];
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Breadcrumbs />
      <Lines lines={head} width={width} />
      <Rule title={`rows ${seenRange(list.scroll, rows.length, tableHeight - 1)}`} width={width} />
      <Table
        columns={FINDING_COLUMNS}
        rows={rows}
        idOf={idOf}
        onRow={list.click}
        scroll={list.scroll}
        width={width}
        height={tableHeight}
        empty="it is not found any more"
      />
      <Lines lines={whole} width={width} height={DETAIL} />
    </Box>
  );
}
