import { type ReactElement, useMemo } from 'react';
import { plural } from '../../../words/units.js';
import type { Confirmation } from '../../components/Dialog.js';
import { Lines } from '../../components/Lines.js';
import { Rule, ruleLine } from '../../components/Rule.js';
import { seenRange } from '../../components/scroll.js';
import { Table } from '../../components/Table.js';
import { keyOf } from '../../keys/bindings.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { useBatchConsole, useView } from '../../model/context.js';
import { type DecidedRow, decidedRows, rowId } from '../../select/decisions.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { type Spans, span } from '../../text/spans.js';
import { useUndo } from '../errors/actions/use-undo.js';
import { field, showDay } from '../errors/detail-lines.js';
import { Page } from '../shared/Page.js';
import { useDecisions } from '../shared/use-decisions.js';
import { useList } from '../shared/use-list.js';
import { DECISIONS_BINDINGS } from './bindings.js';
import { decidedColumns, isUndoable, standsText, whatText } from './columns.js';

/** Shows the decisions in this batch, their results, and corrections of responses. */
export function DecisionsScreen({ width, height }: ScreenProps): ReactElement {
  const { now } = useView();
  const { glyphs } = useLook();
  const shell = useShell();
  const { model, services } = useBatchConsole();
  const undo = useUndo();
  const { decided, trouble, renew } = useDecisions();
  const rows = useMemo(() => decidedRows(decided?.decisions ?? [], decided?.corrections ?? []), [decided]);
  const detailHeight = Math.min(9, Math.floor(height / 3));
  const tableHeight = height - 2 - detailHeight;
  const list = useList('decisions', rows, rowId, tableHeight - 1);
  const { current } = list;

  const takeBack = async (row: DecidedRow): Promise<void> => {
    if ((await shell.ask(question(row))) === 'no') return;
    if (row.kind === 'decision') return undo.one(row.decision);
    const answer = await model.command({ do: 'uncorrect', id: row.correction.id, by: services.operator });
    shell.toast(answer.ok ? 'good' : 'alert', answer.ok ? 'the rule is removed' : answer.why);
    renew();
  };
  useKeys(DECISIONS_BINDINGS, {
    ...list.actions,
    'decisions.undo': current && isUndoable(current) ? () => void takeBack(current) : undefined,
    'decisions.copy': current
      ? () => shell.copy(`${whatText(current)}\t${standsText(current)}`, 'the decision')
      : undefined,
  });

  const rules = decided?.corrections.length ?? 0;
  const title: Spans = [
    span('strong', `decisions ${seenRange(list.scroll, rows.length, tableHeight - 1)}`),
    ...(rules > 0 ? [`   ${plural(rules, 'rule')} for responses`] : []),
  ];
  const empty =
    decided === null
      ? (trouble ?? 'asking the engine')
      : `nothing was decided yet: ${keyOf('look.errors')} shows what failed`;
  return (
    <Page height={height}>
      <Rule title={title} width={width} />
      <Table
        columns={decidedColumns(now)}
        rows={rows}
        idOf={rowId}
        onRow={list.click}
        scroll={list.scroll}
        width={width}
        height={tableHeight}
        empty={empty}
      />
      <Lines
        lines={current ? [ruleLine([], width, glyphs), ...detailLines(current, width, now)] : []}
        width={width}
        height={detailHeight}
      />
    </Page>
  );
}

function detailLines(row: DecidedRow, width: number, now: number): readonly Spans[] {
  const { at, by } = row.kind === 'rule' ? row.correction : row.decision;
  return [
    ...field('what', whatText(row), width, 4),
    ...field('stands', `${standsText(row)}${isUndoable(row) ? '; it can be taken back' : ''}`, width, 2),
    ...field('by', `${by ?? 'an operator'}, ${showDay(at, now)}`, width, 1),
  ];
}

function question(row: DecidedRow): Confirmation {
  const isRule = row.kind === 'rule';
  return {
    title: isRule ? 'remove the rule' : `take decision ${row.decision.id} back`,
    scope: whatText(row),
    samples: [],
    consequences: [
      isRule ? 'From the next response on it counts no more.' : 'What a worker has begun meanwhile stays as it is.',
    ],
    action: isRule ? 'Remove it' : 'Take it back',
    first: 'action',
  };
}
