import { showMinute } from '../../../words/times.js';
import type { Activity, ScheduleRow } from '../../select/schedule.js';
import { fitText } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import type { Tone } from '../../text/theme.js';

/** A stretch of time in cells. */
export interface TimeScale {
  /** The left end of the first cell, milliseconds since the epoch. */
  readonly from: number;
  /** Milliseconds of one cell. */
  readonly cell: number;
  /** Cells. */
  readonly width: number;
}

/** Milliseconds of a cell that the zoom key goes through; a tick is ten of them. */
export const CELLS_MS = [6_000, 30_000, 60_000, 180_000, 360_000, 720_000, 1_800_000] as const;
/** Of these the one that shows the next minutes. */
export const NEAR = 1;
const TICK_CELLS = 10;
/** Share of the line that is behind us. */
const BEHIND = 0.3;

/** The shortest cell by which a line shows all until then; its place in {@link CELLS_MS}. @param until  null: nobody knows when */
export function zoomUntil(until: number | null, now: number, width: number): number {
  const ahead = Math.max(1, Math.floor(width * (1 - BEHIND)) - 1);
  const found = until === null ? -1 : CELLS_MS.findIndex((cell) => now + ahead * cell >= until);
  return Math.max(NEAR, found < 0 ? CELLS_MS.length - 1 : found);
}

/** The scale in whole cells, so that it moves by one cell at a time and not with every frame. */
export function timeScale(now: number, cell: number, width: number): TimeScale {
  const nowCell = Math.floor(now / cell);
  return { from: (nowCell - Math.floor(width * BEHIND)) * cell, cell, width };
}

/** Hours over the ticks: `   02:10      02:15`. */
export function axisLabels(scale: TimeScale): Spans {
  let line = '';
  for (const { x, at } of ticks(scale)) {
    const label = showMinute(at);
    const start = Math.max(0, x - 2);
    if (start < line.length + (line === '' ? 0 : 1) || start + label.length > scale.width) continue;
    line = line.padEnd(start) + label;
  }
  return [span('dim', line.padEnd(scale.width))];
}

/** The axis itself, with the moment that is now. */
export function axisLine(scale: TimeScale, now: number, glyphs: Glyphs): Spans {
  const at = new Set(ticks(scale).map(({ x }) => x));
  const here = cellOf(scale, now);
  const signs = Array.from({ length: scale.width }, (_, x) => (at.has(x) ? glyphs.axis : glyphs.horizontal));
  return [
    span('dim', signs.slice(0, here).join('')),
    span('strong', glyphs.down),
    span('dim', signs.slice(here + 1).join('')),
  ];
}

interface Tick {
  readonly x: number;
  readonly at: number;
}

/** @param every  milliseconds */
export function ticks({ from, cell, width }: TimeScale, every = cell * TICK_CELLS): readonly Tick[] {
  const first = Math.ceil(from / every) * every;
  const found: Tick[] = [];
  for (let at = first; at < from + width * cell; at += every) found.push({ x: Math.round((at - from) / cell), at });
  return found;
}

/** The cell of a moment; it may be outside. */
export function cellOf({ from, cell }: TimeScale, at: number): number {
  return Math.floor((at - from) / cell);
}

/** The past and the future of a mailbox, one sign for each cell, up to the last that says something. */
export function timelineSpans({ stretches, next, mailbox }: ScheduleRow, scale: TimeScale, glyphs: Glyphs): Spans {
  const cells: { sign: string; tone: Tone }[] = Array.from({ length: scale.width }, () => ({ sign: ' ', tone: 'dim' }));
  const last = stretches.at(-1);
  for (const stretch of stretches) {
    const { activity, from, to } = stretch;
    const { sign, tone } = signOf(activity, glyphs);
    const begin = Math.max(0, cellOf(scale, from));
    // A stretch shorter than a cell is seen too; where two meet in a cell the later one shows.
    const end = Math.min(scale.width, Math.max(begin + 1, Math.ceil((to - scale.from) / scale.cell)));
    if (from >= scale.from + scale.width * scale.cell || to < scale.from) continue;
    for (let x = begin; x < end; x++) cells[x] = { sign, tone };
    const isOpen = stretch === last && activity === 'will-work' && end < scale.width;
    if (isOpen) cells[end - 1] = { sign: glyphs.cursor, tone: 'accent' };
  }
  if (next !== null && mailbox.state.kind === 'queued') {
    const x = Math.max(0, Math.min(scale.width - 1, cellOf(scale, next)));
    const isBeyond = cellOf(scale, next) >= scale.width;
    cells[x] = { sign: isBeyond ? fitText(glyphs.to, 1) : glyphs.dotted, tone: 'accent' };
  }
  return joined(cells.slice(0, cells.findLastIndex(({ sign }) => sign !== ' ') + 1));
}

function signOf(activity: Activity, glyphs: Glyphs): { sign: string; tone: Tone } {
  switch (activity) {
    case 'works':
      return { sign: glyphs.full, tone: 'accent' };
    case 'will-work':
      return { sign: glyphs.horizontal, tone: 'dim' };
    case 'will-rest':
      return { sign: glyphs.empty, tone: 'dim' };
    case 'rests':
      return { sign: glyphs.empty, tone: 'text' };
    case 'held':
      return { sign: glyphs.middot, tone: 'alert' };
    case 'paused':
      return { sign: glyphs.unmarked, tone: 'dim' };
  }
}

/** Neighbours of one tone are one span: fewer bytes, the same picture. */
function joined(cells: readonly { sign: string; tone: Tone }[]): Spans {
  const spans: { text: string; tone: Tone }[] = [];
  for (const { sign, tone } of cells) {
    const last = spans.at(-1);
    if (last && last.tone === tone) last.text += sign;
    else spans.push({ text: sign, tone });
  }
  return spans;
}
