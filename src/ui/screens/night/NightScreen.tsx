import { type ReactElement, useMemo } from 'react';
import { type MailboxEntity, needsOperator } from '../../../protocol/entities.js';
import { needsOf } from '../../../protocol/needs.js';
import { Lines } from '../../components/Lines.js';
import { Rule } from '../../components/Rule.js';
import { Table } from '../../components/Table.js';
import { useLook } from '../../look.js';
import { useView } from '../../model/context.js';
import { atWork } from '../../select/attention.js';
import { filterMailboxes } from '../../select/filter-mailboxes.js';
import { drainOf } from '../../select/states.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import { Page } from '../shared/Page.js';
import { useClearing } from '../shared/use-clearing.js';
import { useFilter } from '../shared/use-filter.js';
import { endpointsSpans } from './endpoints-spans.js';
import { graphHeight } from './graph-lines.js';
import { HEADER_HEIGHT, nightHeader } from './header-lines.js';
import { NightGraph } from './NightGraph.js';
import { NightPanes } from './NightPanes.js';
import { idOf, type MailboxTable, useMailboxTable } from './use-mailbox-table.js';
import { useMorningFirst } from './use-morning-first.js';
import { useNightKeys } from './use-night-keys.js';
import { usePanes } from './use-panes.js';

/** The whole batch at a glance: how far, who needs a hand, who is at work. */
export function NightScreen({ width, height }: ScreenProps): ReactElement {
  const view = useView();
  const { glyphs } = useLook();
  const filter = useFilter();
  const [form, setForm] = useKept<'panes' | 'table'>('form', 'panes');
  const { batch, mailboxes, now } = view;
  useMorningFirst();
  const shown = useMemo(() => filterMailboxes(mailboxes, filter.text), [mailboxes, filter.text]);
  const { needs, workers, others } = useMemo(() => sectionsOf(shown), [shown]);
  const graph = graphHeight(width, height);
  const inside = height - 1 - HEADER_HEIGHT - graph;
  const table = useMailboxTable({ batch, mailboxes, shown, now }, filter, inside - 2);
  const panes = usePanes(needs, workers, { width, height: height - graph });
  useClearing(filter, table.marks);
  useNightKeys(
    { form, panes, table },
    { 'night.form': () => setForm(form === 'table' ? 'panes' : 'table'), 'night.filter': filter.open },
  );
  const { needed, cursor, layout } = panes;
  return (
    <Page height={height} right={endpointsSpans(view, glyphs)} over={filter.line(width)}>
      <Lines lines={nightHeader(view, width, glyphs)} width={width} height={HEADER_HEIGHT} />
      {form === 'table' ? (
        <Mailboxes
          table={table}
          width={width}
          height={inside}
          empty={mailboxes.length > 0 ? 'no mailbox matches the filter' : ''}
        />
      ) : (
        <NightPanes
          {...{ needs: needed, workers, others, cursor, layout, width, now, drain: drainOf(batch) }}
          onCard={panes.click}
          unread={view.link.kind === 'opening' ? (batch?.mailboxes ?? 0) - view.link.read : 0}
          filter={filter.text}
          height={inside}
        />
      )}
      {graph > 0 && <NightGraph width={width} height={graph} />}
    </Page>
  );
}

interface MailboxesProps {
  readonly table: MailboxTable;
  readonly width: number;
  readonly height: number;
  readonly empty: string;
}

function Mailboxes({ table, width, height, empty }: MailboxesProps): ReactElement {
  const { columns, rows, list, sort, marks, title } = table;
  return (
    <>
      <Rule title={title} width={width} />
      <Table
        {...{ columns, rows, idOf, width, empty }}
        onRow={list.click}
        scroll={list.scroll}
        order={sort.order}
        onTitle={sort.by}
        marks={marks.marks}
        height={height - 1}
      />
    </>
  );
}

function sectionsOf(mailboxes: readonly MailboxEntity[]) {
  const needs = needsOf(mailboxes);
  const workers = atWork(mailboxes).filter((one) => !needsOperator(one));
  const working = new Set(workers);
  return { needs, workers, others: mailboxes.filter((one) => !working.has(one) && !needsOperator(one)) };
}
