import type { ReactElement } from 'react';
import type { MailboxEntity } from '../../../protocol/entities.js';
import type { Need } from '../../../protocol/needs.js';
import { showTimer } from '../../../words/times.js';
import { plural } from '../../../words/units.js';
import { Lines } from '../../components/Lines.js';
import { paneGrid } from '../../components/Pane.js';
import { ruleLine } from '../../components/Rule.js';
import { seenRange } from '../../components/scroll.js';
import { keyOf } from '../../keys/bindings.js';
import type { Click } from '../../keys/mouse-hub.js';
import { useLook } from '../../look.js';
import { useTyped } from '../../model/context.js';
import { needsTitle } from '../../select/needs.js';
import { type Drain, stateReason } from '../../select/states.js';
import { aimed, type Spans, span } from '../../text/spans.js';
import { needLine } from '../shared/need-line.js';
import { filterSaid } from '../shared/use-filter.js';
import { type NightLayout, topPaneRow } from './layout.js';
import { mailboxPane } from './mailbox-pane.js';
import { restLines } from './rest-lines.js';
import { workerLines } from './worker-lines.js';

export interface NightPanesProps {
  /** Mailboxes that need the operator, and those at work, as filtered. */
  readonly needs: readonly Need[];
  readonly workers: readonly MailboxEntity[];
  /** All others, for the room that is left. */
  readonly others: readonly MailboxEntity[];
  /** Over both. */
  readonly cursor: number;
  readonly layout: NightLayout;
  /** The filter; '': none. */
  readonly filter: string;
  readonly drain: Drain;
  /** Mailboxes of the batch that are still to be read; 0: all are there. */
  readonly unread: number;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  /** A pane, or a row of those that need the operator, was clicked. */
  readonly onCard: (mailbox: string) => void;
}

/** A list of mailboxes that need the operator, then those at work in as many columns of panes as fit, by pages. */
export function NightPanes(props: NightPanesProps): ReactElement | null {
  const { needs, workers, others, cursor, layout, width, height, now, filter, drain } = props;
  const { glyphs } = useLook();
  const typed = useTyped();
  const lines: Spans[] = [];
  if (needs.length > 0) {
    const top = Math.max(0, Math.min(needs.length - layout.needs, cursor - layout.needs + 1));
    const shown = needs.slice(top, top + layout.needs);
    const range =
      shown.length < needs.length ? `   rows ${seenRange({ cursor, top }, needs.length, shown.length)}` : '';
    lines.push(ruleLine([span('alert', needsTitle(needs)), span('dim', range)], width, glyphs));
    for (const [index, need] of shown.entries()) {
      const focus = top + index === cursor ? 'focused' : 'resting';
      lines.push(aimed({ part: need.key }, needLine(need, { width, focus, now, since: null, glyphs, typed })));
    }
  }
  const { columns, paneWidth, paneRows, paneHeight } = layout;
  const first = topPaneRow(cursor - needs.length, columns, paneRows) * columns;
  const shown = workers.slice(first, first + columns * paneRows);
  const range = workers.length === 0 ? '0' : seenRange({ cursor, top: first }, workers.length, shown.length);
  lines.push(ruleLine([span('strong', `workers ${range}`), ...filterSaid(filter)], width, glyphs));
  if (shown.length === 0) {
    const why = props.unread > 0 ? reading(props.unread) : whyNone(props);
    lines.push([' ', span('dim', why)]);
  }
  if (layout.workers === 'lines') {
    const focus = cursor - needs.length - first;
    lines.push(...workerLines(shown, { width, focus, now, glyphs, drain }));
  } else {
    const panes = shown.map((mailbox, index) =>
      mailboxPane(mailbox, {
        width: paneWidth,
        height: paneHeight,
        focus: needs.length + first + index === cursor ? 'focused' : 'resting',
        now,
        glyphs,
        drain,
      }).map((line) => aimed({ part: mailbox.id }, line)),
    );
    lines.push(...paneGrid(panes, columns, paneWidth));
  }
  lines.push(...restLines(others, { width, height: height - lines.length, now, glyphs }));
  const onClick = ({ part }: Click) => part !== null && props.onCard(part);
  return <Lines lines={lines} width={width} height={height} onClick={onClick} />;
}

function reading(unread: number): string {
  return `the engine is reading ${plural(unread, 'mailbox', 'mailboxes')}`;
}

function startOf({ state }: MailboxEntity): number {
  return state.kind === 'queued' ? (state.startsAt ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
}

/** Why no pane is seen. */
function whyNone({ filter, needs, others, now }: NightPanesProps): string {
  const found = needs.length + others.length;
  if (filter.trim() !== '') return found === 0 ? `nothing matches ${filter}` : `nothing at work matches ${filter}`;
  return needs.length > 0 ? 'nothing is at work' : quietly(others, now);
}

/** Why nothing is at work. */
function quietly(others: readonly MailboxEntity[], now: number): string {
  const queued = others.filter(({ state }) => state.kind === 'queued');
  const timed = queued.filter(({ state }) => state.kind === 'queued' && state.startsAt !== null);
  const [next] = timed.sort((a, b) => startOf(a) - startOf(b));
  if (next) {
    const why = stateReason(next);
    return `nothing is at work; ${next.email} starts in ${showTimer(startOf(next) - now)}${why === '' ? '' : `: ${why}`}`;
  }
  if (queued.length > 0) return `nothing is at work; ${plural(queued.length, 'mailbox waits', 'mailboxes wait')}`;
  const stopped = others.filter(({ state }) => state.kind === 'stopped');
  const left = stopped.reduce((sum, { counts }) => sum + counts.left, 0);
  if (stopped.length > 0) {
    const rest = left > 0 ? `, ${plural(left, 'message')} left` : '';
    return `nothing is at work; ${plural(stopped.length, 'mailbox was', 'mailboxes were')} stopped${rest}: ${keyOf('work.run')} goes on with one`;
  }
  const errors = others.reduce((sum, one) => sum + one.errors, 0);
  if (errors > 0)
    return `nothing is at work; ${plural(errors, 'error is', 'errors are')} open: ${keyOf('look.errors')} shows what to do`;
  return 'nothing is at work, nothing is left, no errors';
}
