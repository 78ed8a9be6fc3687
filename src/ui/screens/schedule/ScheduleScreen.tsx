import { type ReactElement, useMemo } from 'react';
import type { BatchEntity, MailboxEntity } from '../../../protocol/entities.js';
import { showDayWindow } from '../../../words/day-window.js';
import { showMinute } from '../../../words/times.js';
import { plural, showCount } from '../../../words/units.js';
import { Lines } from '../../components/Lines.js';
import { Prompt } from '../../components/Prompt.js';
import { ruleLine } from '../../components/Rule.js';
import type { Click } from '../../keys/mouse-hub.js';
import { useKeys } from '../../keys/use-keys.js';
import { useLook } from '../../look.js';
import { useBatchConsole, useView } from '../../model/context.js';
import { filterMailboxes } from '../../select/filter-mailboxes.js';
import { pauseOrContinue } from '../../select/orders.js';
import { nextStart, scheduleOrder, scheduleRow, sumWaiting } from '../../select/schedule.js';
import { drainOf, isMoving, stateTone } from '../../select/states.js';
import { useShell } from '../../shell/context.js';
import type { ScreenProps } from '../../shell/screen.js';
import { useKept } from '../../shell/use-kept.js';
import { fitText } from '../../text/fit.js';
import { marked, type Spans, span, spansWidth } from '../../text/spans.js';
import { Page } from '../shared/Page.js';
import { readWait } from '../shared/read-wait.js';
import { useClearing } from '../shared/use-clearing.js';
import { useFilter } from '../shared/use-filter.js';
import { useList } from '../shared/use-list.js';
import { useOrders } from '../shared/use-orders.js';
import { SCHEDULE_BINDINGS } from './bindings.js';
import { readConcurrency, readStagger, readWindow, type Typed } from './paces.js';
import { axisLabels, axisLine, CELLS_MS, timelineSpans, timeScale } from './timeline.js';

const idOf = ({ id }: MailboxEntity) => id;
const STEP_SECONDS = 300;
/** Title, rule, two lines of the axis, and the line below. */
const AROUND = 5;
/** Lines above the first mailbox: the rule and the axis. */
const HEAD = 3;

/** Shows which mailbox starts when, and why not yet. */
export function ScheduleScreen({ width, height }: ScreenProps): ReactElement {
  const view = useView();
  const { batch, mailboxes, now } = view;
  const { glyphs } = useLook();
  const { model } = useBatchConsole();
  const shell = useShell();
  const filter = useFilter();
  useClearing(filter, null);
  const order = useOrders();
  const drain = drainOf(batch);
  const [zoom, setZoom] = useKept('zoom', 1);
  const shown = useMemo(() => filterMailboxes(mailboxes, filter.text), [mailboxes, filter.text]);
  const rows = useMemo(() => scheduleOrder(shown), [shown]);
  const seen = Math.max(1, height - AROUND);
  const list = useList('schedule', rows, idOf, seen);
  const { current } = list;

  const ask = (title: string, explains: string, initial: string, read: (text: string) => Typed): void => {
    const done = (text: string): string | null => {
      const typed = read(text);
      if ('wrong' in typed) return typed.wrong;
      void model.command(typed.command).then((answer) => {
        shell.toast(answer.ok ? 'good' : 'alert', answer.ok ? `${title}: ${text.trim()}` : answer.why);
      });
      return null;
    };
    const close = () => shell.overlay(null);
    shell.overlay(<Prompt {...{ title, explains, initial }} width={60} onDone={done} onClose={close} />);
  };
  const put = (mailbox: MailboxEntity, by: number): void => {
    const at = nextStart(mailbox) ?? now;
    void order({ kind: 'postpone', seconds: Math.max(0, Math.round((at - now) / 1000) + by) }, [mailbox]);
  };
  const postpone = (mailbox: MailboxEntity): void => {
    const done = (text: string): string | null => {
      const wait = readWait(text);
      if ('wrong' in wait) return wait.wrong;
      void order({ kind: 'postpone', ...wait }, [mailbox]);
      return null;
    };
    const close = () => shell.overlay(null);
    const explains = `${mailbox.email} starts in so long, counted from now: 90 s, 5 min, 2 h`;
    shell.overlay(
      <Prompt title="postpone" explains={explains} initial="5 min" width={60} onDone={done} onClose={close} />,
    );
  };
  useKeys(SCHEDULE_BINDINGS, {
    ...list.actions,
    'schedule.open': current ? () => shell.go('mailbox', { mailbox: current.id, email: current.email }) : undefined,
    'schedule.start': current ? () => void order({ kind: 'start' }, [current]) : undefined,
    'schedule.later': current ? () => put(current, STEP_SECONDS) : undefined,
    'schedule.sooner': current ? () => put(current, -STEP_SECONDS) : undefined,
    'schedule.postpone': current ? () => postpone(current) : undefined,
    'schedule.pause': current ? () => void order(pauseOrContinue([current]), [current]) : undefined,
    'schedule.stagger': batch
      ? () =>
          ask(
            'stagger',
            'Seconds between first starts, least and most. A source that sees all mailboxes log in at once may take it for an attack.',
            showRange(batch.stagger),
            readStagger,
          )
      : undefined,
    'schedule.concurrency': batch
      ? () =>
          ask('at once', 'Mailboxes at work at the same time, 1 to 100.', String(batch.concurrency), readConcurrency)
      : undefined,
    'schedule.window': batch
      ? () =>
          ask(
            'window',
            'Mailboxes are at work in these hours only, local time unless you name a zone. When it closes they settle what is in flight, and go on when it opens.',
            showWindow(batch.window),
            readWindow,
          )
      : undefined,
    'schedule.zoom': () => setZoom((n) => (n + 1) % CELLS_MS.length),
    'schedule.filter': filter.open,
  });

  const nameWidth = Math.max(14, Math.min(36, Math.floor(width / 4.5)));
  const whyWidth = Math.max(26, Math.min(60, Math.floor(width * 0.32)));
  const scale = timeScale(now, CELLS_MS[zoom] ?? CELLS_MS[1], width - nameWidth - whyWidth - 6);
  const options = { ellipsis: glyphs.ellipsis };
  const body = rows.slice(list.scroll.top, list.scroll.top + seen).map((mailbox, index): Spans => {
    const row = scheduleRow(mailbox, now, drain);
    const isUnderCursor = list.scroll.top + index === list.scroll.cursor;
    const name = fitText(mailbox.email, nameWidth, options);
    const head = `${isUnderCursor ? glyphs.cursor : ' '} ${name}  `;
    const drawn = timelineSpans(row, scale, glyphs);
    // Where the line has nothing more to show, the words begin beside it and have its room.
    const gap = isMoving(mailbox.state.kind) ? Math.max(0, scale.width - spansWidth(drawn)) : 0;
    const room = width - spansWidth([head, ...drawn]) - gap - 3;
    return [
      ...(isUnderCursor ? marked([head], 'selected') : [head]),
      ...drawn,
      ' '.repeat(gap + 2),
      span(stateTone(mailbox.state.kind), fitText(row.why, room, options)),
    ];
  });
  const indent = ' '.repeat(nameWidth + 4);
  const title: Spans = batch
    ? [
        span('strong', 'schedule'),
        `   stagger ${showRange(batch.stagger)} s   at once ${batch.concurrency}`,
        `   window ${showWindow(batch.window)}`,
        ...(batch.closedUntil === null
          ? []
          : [' ', span('alert', `closed until ${showMinute(batch.closedUntil, now)}`)]),
        `   to do ${showCount(rows.length)}`,
        ...filter.said,
      ]
    : [span('strong', 'schedule')];
  const empty: Spans[] =
    rows.length === 0 ? [[' ', span('dim', mailboxes.length > 0 ? 'nothing is left to start' : '')]] : [];
  const lines = [
    ruleLine(title, width, glyphs),
    [indent, ...axisLabels(scale)],
    [indent, ...axisLine(scale, now, glyphs)],
    ...body,
    ...empty,
  ];
  const onClick = ({ y }: Click): void => {
    if (y >= HEAD && y < HEAD + body.length) list.click(list.scroll.top + y - HEAD);
  };
  return (
    <Page height={height} over={filter.line(width)}>
      <Lines lines={lines} width={width} height={height - 2} onClick={onClick} />
      <Lines lines={[footLine(rows, list.scroll.top + body.length, now)]} width={width} height={1} />
    </Page>
  );
}

function showWindow(window: BatchEntity['window']): string {
  return window === null ? 'always' : showDayWindow(window);
}

function showRange({ min, max }: { min: number; max: number }): string {
  return min === max ? String(min) : `${min}-${max}`;
}

/** Sums up the mailboxes below the timeline: how many more, and when the last of them begins. */
function footLine(rows: readonly MailboxEntity[], shown: number, now: number): Spans {
  const below = rows.length - shown;
  const { noPlace, lastStart } = sumWaiting(rows);
  const said = [
    ...(below > 0 ? [`${showCount(below)} more below`] : []),
    ...(noPlace > 0 ? [`${plural(noPlace, 'waits', 'wait')} for a place`] : []),
    ...(lastStart !== null && lastStart > now ? [`last known start ${showMinute(lastStart, now)}`] : []),
  ];
  return [' ', span('dim', said.join('   '))];
}
