import { type ReactElement, useContext, useEffect, useMemo, useRef } from 'react';
import { type MailboxEntity, needsOperator } from '../../../protocol/entities.js';
import { mailboxesIn, type Need, needRows, needsOf } from '../../../protocol/needs.js';
import { showCount } from '../../../words/units.js';
import { sortRows } from '../../components/columns.js';
import { Lines } from '../../components/Lines.js';
import { Rule } from '../../components/Rule.js';
import { seenRange } from '../../components/scroll.js';
import { Table } from '../../components/Table.js';
import { weighted } from '../../keys/labelled.js';
import { keyNamed } from '../../keys/mouse-hub.js';
import { KeyHubContext, useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { useBatchConsole, useView } from '../../model/context.js';
import { atWork, byAttention } from '../../select/attention.js';
import { filterMailboxes } from '../../select/filter-mailboxes.js';
import { mailboxLine } from '../../select/mailbox-text.js';
import { isNews } from '../../select/morning.js';
import { pauseOrContinue } from '../../select/orders.js';
import { drainOf } from '../../select/states.js';
import { useShell } from '../../shell/context.js';
import { scrollActions } from '../../shell/ScrolledPage.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import { type Spans, span } from '../../text/spans.js';
import { mailboxColumns } from '../shared/mailbox-columns.js';
import { Page } from '../shared/Page.js';
import { useClearing } from '../shared/use-clearing.js';
import { useFilter } from '../shared/use-filter.js';
import { useList } from '../shared/use-list.js';
import { useMarks } from '../shared/use-marks.js';
import { useGiveUp, useOpenMailboxes, useOpenNeed } from '../shared/use-needs.js';
import { useOrders } from '../shared/use-orders.js';
import { useSave } from '../shared/use-save.js';
import { useSort } from '../shared/use-sort.js';
import { NIGHT_BINDINGS } from './bindings.js';
import { endpointsSpans } from './endpoints-spans.js';
import { graphHeight } from './graph-lines.js';
import { HEADER_HEIGHT, nightHeader } from './header-lines.js';
import { moveNight, type NightMove, nightLayout } from './layout.js';
import { NightGraph } from './NightGraph.js';
import { NightPanes } from './NightPanes.js';

/** Where the cursor is: on a card, by its id, and the place that it had. */
interface PanePlace {
  readonly id: string | null;
  readonly at: number;
}

/** The thing under the cursor among the panes: a row of what needs the operator, or one at work. */
interface Card {
  readonly id: string;
  readonly need: Need | null;
  readonly mailboxes: readonly MailboxEntity[];
}

const cardOfNeed = (need: Need): Card => ({ id: need.key, need, mailboxes: need.mailboxes });
const cardOfWorker = (mailbox: MailboxEntity): Card => ({ id: mailbox.id, need: null, mailboxes: [mailbox] });

const idOf = ({ id }: MailboxEntity) => id;
/** Weights of keys in the status line. */
const IN_TABLE = { 'night.start': 24, 'night.pause': 23, 'night.copy': 14, 'night.save': 13 };
const WITH_MARKS = { 'night.start': 70, 'night.pause': 69, 'night.mark': 60, 'night.mark-all': 59 };

/** The whole batch at a glance: how far, who needs a hand, who is at work. */
export function NightScreen({ width, height }: ScreenProps): ReactElement {
  const view = useView();
  const { glyphs } = useLook();
  const shell = useShell();
  const keys = useContext(KeyHubContext);
  const filter = useFilter();
  const order = useOrders();
  const save = useSave();
  const openNeed = useOpenNeed();
  const openMailboxes = useOpenMailboxes();
  const giveUp = useGiveUp();
  const [form, setForm] = useKept<'panes' | 'table'>('form', 'panes');
  const [pane, setPane] = useKept<PanePlace>('pane', { id: null, at: 0 });
  const { mailboxes, now } = view;
  const drain = drainOf(view.batch);
  const columns = mailboxColumns(now, glyphs, drain);
  const sort = useSort(columns, 'what needs you');
  useMorningFirst();

  const shown = useMemo(() => filterMailboxes(mailboxes, filter.text), [mailboxes, filter.text]);
  // Only visible mailboxes are acted on: a mark that the filter hides waits until it is seen again.
  const ids = useMemo(() => new Set(shown.map(idOf)), [shown]);
  // The columns change with every second, what they sort by does not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: sorted when mailboxes or the order change, not each second
  const rows = useMemo(() => sortRows(byAttention(shown), columns, sort.order), [shown, sort.order]);
  const { needs, workers, others } = useMemo(() => sectionsOf(shown), [shown]);
  const marks = useMarks(ids);

  const graph = graphHeight(width, height);
  const inside = height - 1 - HEADER_HEIGHT - graph;
  const list = useList('table', rows, idOf, inside - 2);
  const layout = nightLayout(
    { mailboxes: mailboxesIn(needs), causes: needs.length },
    workers.length,
    width,
    height - graph,
  );
  const needed = useMemo(() => needRows(needs, layout.needs), [needs, layout.needs]);
  const cards = useMemo(() => [...needed.map(cardOfNeed), ...workers.map(cardOfWorker)], [needed, workers]);
  const place = {
    needs: needed.length,
    workers: workers.length,
    columns: layout.columns,
    page: layout.columns * layout.paneRows,
  };
  // A row that was answered leaves the cursor at its place: on the next one.
  const cursorOf = ({ id, at }: PanePlace): number => {
    const found = cards.findIndex((one) => one.id === id);
    return found >= 0 ? found : Math.max(0, Math.min(at, cards.length - 1));
  };
  const cursor = cursorOf(pane);
  const movePane = (to: NightMove) =>
    setPane((now) => {
      const at = moveNight(cursorOf(now), to, place);
      return { id: cards[at]?.id ?? null, at };
    });
  const clickCard = (id: string): void => {
    if (cards[cursor]?.id === id) keys.press(keyNamed('enter'));
    else setPane({ id, at: cursor });
  };
  const isTable = form === 'table';
  const card = isTable ? null : (cards[cursor] ?? null);
  const meantByCursor = isTable ? (list.current ? [list.current] : []) : (card?.mailboxes ?? []);
  const current = meantByCursor.length === 1 ? (meantByCursor[0] ?? null) : null;
  const marked = useMemo(() => shown.filter(({ id }) => marks.marks.has(id)), [shown, marks.marks]);
  const hidden = useMemo(() => mailboxes.filter(({ id }) => marks.hidden.has(id)).length, [mailboxes, marks.hidden]);
  const targets = isTable && marked.length > 0 ? marked : meantByCursor;
  const need = card?.need ?? null;
  const openCard = (): void => {
    if (need) openNeed(need);
    else if (current) shell.go('mailbox', { mailbox: current.id, email: current.email });
  };

  const targetIds = new Set(targets.map(idOf));
  // A mailbox that is paused is looked at further; one that goes on makes room for the next.
  const pause = (): void => {
    if (isTable) list.hold();
    else setPane({ id: cards[cursor]?.id ?? null, at: cursor });
    void order(pauseOrContinue(targets), targets);
  };
  const start = (): void => {
    list.actedOn(targetIds);
    void order({ kind: 'start' }, targets);
  };
  useClearing(filter, marks);
  const bindings = isTable ? weighted(NIGHT_BINDINGS, marked.length > 0 ? WITH_MARKS : IN_TABLE) : NIGHT_BINDINGS;
  const lead = isTable && marked.length > 0 ? { lead: `${showCount(marked.length)} marked` } : {};
  const actions = {
    ...(isTable ? list.actions : scrollActions(movePane)),
    'night.left': isTable ? undefined : () => movePane('left'),
    'night.right': isTable ? undefined : () => movePane('right'),
    'night.open': current || need ? openCard : undefined,
    'night.mailbox': need ? () => openMailboxes(need) : current ? openCard : undefined,
    'night.form': () => setForm(isTable ? 'panes' : 'table'),
    'night.filter': filter.open,
    'night.sort': isTable ? sort.open : undefined,
    'night.mark': isTable && current ? () => marks.toggle(current.id) : undefined,
    'night.mark-all': isTable ? () => marks.toggleAll(rows.map(idOf)) : undefined,
    'night.pause': targets.length > 0 ? pause : undefined,
    'night.start': targets.length > 0 ? start : undefined,
    'night.give-up': targets.length > 0 ? () => giveUp(targets) : undefined,
    'night.copy': current ? () => shell.copy(mailboxLine(current), current.email) : undefined,
    'night.save': () => void save('mailboxes', rows.map(mailboxLine)),
  };
  useKeys(bindings, actions, lead);

  const title: Spans = [
    span('strong', `mailboxes ${seenRange(list.scroll, rows.length, inside - 2)}`),
    ...(shown.length < mailboxes.length ? [` (${showCount(mailboxes.length)} in all)`] : []),
    ...(marked.length + hidden > 0 ? ['   marked ', span('accent', showCount(marked.length))] : []),
    ...(hidden > 0 ? [`, ${showCount(hidden)} hidden`] : []),
    ...filter.said,
    `   by ${sort.said}`,
  ];
  return (
    <Page height={height} right={endpointsSpans(view, glyphs)} over={filter.line(width)}>
      <Lines lines={nightHeader(view, width, glyphs)} width={width} height={HEADER_HEIGHT} />
      {isTable ? (
        <>
          <Rule title={title} width={width} />
          <Table
            columns={columns}
            rows={rows}
            idOf={idOf}
            onRow={list.click}
            scroll={list.scroll}
            order={sort.order}
            onTitle={sort.by}
            marks={marks.marks}
            width={width}
            height={inside - 1}
            empty={mailboxes.length > 0 ? 'no mailbox matches the filter' : ''}
          />
        </>
      ) : (
        <NightPanes
          {...{ needs: needed, workers, others, cursor, layout, width, now, drain }}
          onCard={clickCard}
          unread={view.link.kind === 'opening' ? (view.batch?.mailboxes ?? 0) - view.link.read : 0}
          filter={filter.text}
          height={inside}
        />
      )}
      {graph > 0 && <NightGraph width={width} height={graph} />}
    </Page>
  );
}

/** Shows the morning to an operator who was away for long, unless they went elsewhere meanwhile. */
function useMorningFirst(): void {
  const { model } = useBatchConsole();
  const shell = useShell();
  const here = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the console is opened
  useEffect(() => {
    here.current = true;
    void model.firstMorning().then((morning) => {
      if (here.current && morning && isNews(morning, model.view().batch?.needs ?? 0, model.view().now))
        shell.go('morning');
    });
    return () => {
      here.current = false;
    };
  }, [model]);
}

function sectionsOf(mailboxes: readonly MailboxEntity[]) {
  const needs = needsOf(mailboxes);
  const workers = atWork(mailboxes).filter((one) => !needsOperator(one));
  const working = new Set(workers);
  return { needs, workers, others: mailboxes.filter((one) => !working.has(one) && !needsOperator(one)) };
}
