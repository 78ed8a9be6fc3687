import type { BatchEntity, MailboxEntity } from '../../../protocol/entities.js';
import { showDayWindow } from '../../../words/day-window.js';
import { showMinute } from '../../../words/times.js';
import { plural, showCount } from '../../../words/units.js';
import { ruleLine } from '../../components/Rule.js';
import { plannedSpans } from '../../select/rehearsal.js';
import { scheduleRow, sumWaiting } from '../../select/schedule.js';
import { type drainOf, isMoving, stateTone } from '../../select/states.js';
import { fitText } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { marked, type Spans, span, spansWidth } from '../../text/spans.js';
import { axisLabels, axisLine, timelineSpans, timeScale } from './timeline.js';
import type { Plan } from './use-plan.js';

export interface ScheduleLayout {
  /** Cells of the addresses. */
  readonly nameWidth: number;
  readonly scale: ReturnType<typeof timeScale>;
}

interface Look {
  readonly width: number;
  readonly now: number;
  readonly glyphs: Glyphs;
}

/** @param cellMs  milliseconds that a cell of the timeline stands for */
export function scheduleLayout(width: number, now: number, cellMs: number): ScheduleLayout {
  const nameWidth = Math.max(14, Math.min(36, Math.floor(width / 4.5)));
  const whyWidth = Math.max(26, Math.min(60, Math.floor(width * 0.32)));
  return { nameWidth, scale: timeScale(now, cellMs, width - nameWidth - whyWidth - 6) };
}

/** The lines above the first mailbox. @param plan  the night as it was played, in lines */
export function headLines(
  title: Spans,
  plan: readonly Spans[],
  { nameWidth, scale }: ScheduleLayout,
  look: Look,
): readonly Spans[] {
  const { width, now, glyphs } = look;
  const indent = ' '.repeat(nameWidth + 4);
  return [
    ruleLine(title, width, glyphs),
    ...plan,
    [indent, ...axisLabels(scale)],
    [indent, ...axisLine(scale, now, glyphs)],
  ];
}

/** A mailbox: its address, its timeline, its planned hours, and why it has not started yet. */
export function rowSpans(
  mailbox: MailboxEntity,
  { nameWidth, scale }: ScheduleLayout,
  look: Look & {
    readonly drain: ReturnType<typeof drainOf>;
    readonly focus: 'focused' | 'resting';
    readonly plan: Pick<Plan, 'of' | 'by'>;
  },
): Spans {
  const { width, now, glyphs, drain, focus } = look;
  const options = { ellipsis: glyphs.ellipsis };
  const planned = look.plan.of.get(mailbox.id) ?? null;
  const row = scheduleRow(mailbox, now, drain, planned);
  const hours = planned === null ? [] : plannedSpans(planned, mailbox, look.plan.by, now);
  const name = fitText(mailbox.email, nameWidth, options);
  const head = `${focus === 'focused' ? glyphs.cursor : ' '} ${name}  `;
  const drawn = timelineSpans(row, scale, glyphs);
  // Where the line has nothing more to show, the words begin beside it and have its room.
  const gap = isMoving(mailbox.state.kind) ? Math.max(0, scale.width - spansWidth(drawn)) : 0;
  const room = Math.max(0, width - spansWidth([head, ...drawn, ...hours]) - gap - 3);
  return [
    ...(focus === 'focused' ? marked([head], 'selected') : [head]),
    ...drawn,
    ' '.repeat(gap + 2),
    ...hours,
    span(stateTone(mailbox.state.kind), fitText(row.why, room, options)),
  ];
}

/** The pace of the batch. @param todo  mailboxes that are listed */
export function titleSpans(batch: BatchEntity | null, todo: number, now: number): Spans {
  if (!batch) return [span('strong', 'schedule')];
  return [
    span('strong', 'schedule'),
    `   stagger ${showRange(batch.stagger)} s   at once ${batch.concurrency}`,
    `   window ${showWindow(batch.window)}`,
    ...(batch.closedUntil === null ? [] : [' ', span('alert', `closed until ${showMinute(batch.closedUntil, now)}`)]),
    `   to do ${showCount(todo)}`,
  ];
}

export function showWindow(window: BatchEntity['window']): string {
  return window === null ? 'always' : showDayWindow(window);
}

export function showRange({ min, max }: { min: number; max: number }): string {
  return min === max ? String(min) : `${min}-${max}`;
}

/** Sums up the mailboxes below the timeline: how many more, and when the last of them begins. */
export function footLine(rows: readonly MailboxEntity[], shown: number, now: number): Spans {
  const below = rows.length - shown;
  const { noPlace, otherWaves, lastStart } = sumWaiting(rows);
  const said = [
    ...(below > 0 ? [`${showCount(below)} more below`] : []),
    ...(noPlace > 0 ? [`${plural(noPlace, 'waits', 'wait')} for a place`] : []),
    ...(otherWaves > 0 ? [`${plural(otherWaves, 'waits', 'wait')} for another wave`] : []),
    ...(lastStart !== null && lastStart > now ? [`last known start ${showMinute(lastStart, now)}`] : []),
  ];
  return [' ', span('dim', said.join('   '))];
}
