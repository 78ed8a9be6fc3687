import type { NightPace, PaceMark } from '../../../words/night-pace.js';
import { showMinute, showTimer } from '../../../words/times.js';
import { showByteRate, showRate } from '../../../words/units.js';
import { ruleLine } from '../../components/Rule.js';
import { type NightGraph, nightGraph } from '../../select/night-graph.js';
import { areaLines } from '../../text/area.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span, spansWidth } from '../../text/spans.js';
import type { Tone } from '../../text/theme.js';
import { ticks } from '../schedule/timeline.js';

/** The smallest screen that has a graph: 120x40, of which the keys take up to three lines. */
const LEAST = { columns: 120, rows: 37 } as const;
/** Lines of each of its two curves. */
const CURVE = { high: 4, low: 3, highFrom: 50 } as const;
/** Its title, its marks and its hours. */
const BESIDES = 3;
/** Cells of the scale on its left. */
const SCALE = 10;

/** Lines of the graph on a screen; 0: there is no room for one. */
export function graphHeight(width: number, height: number): number {
  if (width < LEAST.columns || height < LEAST.rows) return 0;
  return 2 * (height < CURVE.highFrom ? CURVE.low : CURVE.high) + BESIDES;
}

/** Bytes and messages a second over the whole night, with what kept them up. @param pace  null: it is still asked for */
export function graphLines(
  pace: NightPace | null,
  { width, height, glyphs }: { readonly width: number; readonly height: number; readonly glyphs: Glyphs },
): readonly Spans[] {
  if (height === 0) return [];
  const graph = pace === null ? null : nightGraph(pace, width - SCALE - 1);
  if (graph === null || graph.bytes.length === 0)
    return [ruleLine([span('strong', 'the night')], width, glyphs), [' ', span('dim', 'there is nothing to draw yet')]];
  const lines = (height - BESIDES) / 2;
  return [
    titleLine(graph, width, glyphs),
    ...curve(graph.bytes, showByteRate, lines, 'accent', glyphs),
    ...curve(graph.messages, showRate, lines, 'text', glyphs),
    [' '.repeat(SCALE), ...markSpans(graph, glyphs)],
    [' '.repeat(SCALE), span('dim', hours(graph, width - SCALE - 1, glyphs))],
  ];
}

/** The marks that are seen are explained as far as there is room. */
function titleLine({ from, cell, seen }: NightGraph, width: number, glyphs: Glyphs): Spans {
  const title: Spans = [
    span('strong', 'the night'),
    span('dim', ` since ${showMinute(from)}, a column is ${showTimer(cell)}`),
  ];
  const legend: Spans[] = seen.map((mark) => [
    '  ',
    span(toneOf(mark), LETTERS[mark]),
    span('dim', ` ${wordsOf(mark)}`),
  ]);
  let shown = legend.length;
  while (shown > 0 && spansWidth([...title, ...legend.slice(0, shown).flat()]) > width - 4) shown--;
  return ruleLine([...title, ...legend.slice(0, shown).flat()], width, glyphs);
}

function curve(
  values: readonly number[],
  show: (perSecond: number) => string,
  lines: number,
  tone: Tone,
  glyphs: Glyphs,
): readonly Spans[] {
  const { top, isCut } = topOf(values);
  return areaLines(values, top, lines, glyphs).map((line, index): Spans => {
    const label = index === 0 ? `${show(top)}${isCut ? '+' : ''}` : index === lines - 1 ? '0' : '';
    return [span('dim', `${label.padStart(SCALE - 1)} `), span(tone, line)];
  });
}

/** A peak is cut where it is so many times as high as the middle: a moment of reading ahead would make a night flat. */
const PEAK = 8;

/** The highest value that is drawn. Stretches in which nothing moved say nothing of it. */
function topOf(values: readonly number[]): { readonly top: number; readonly isCut: boolean } {
  const moved = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  const most = moved.at(-1) ?? 0;
  const cut = PEAK * (moved[Math.floor(moved.length / 2)] ?? 0);
  return most > cut ? { top: cut, isCut: true } : { top: most, isCut: false };
}

/** One letter each, where a standstill has no room for its words. */
const LETTERS: Readonly<Record<PaceMark, string>> = {
  dropped: 'd',
  throttled: 't',
  held: 'h',
  'left alone': 'a',
  'window closed': 'w',
  resting: 'r',
  paused: 'p',
  'no engine': 'n',
};

function wordsOf(mark: PaceMark): string {
  return mark === 'resting' ? 'all rest' : mark;
}

function toneOf(mark: PaceMark): Tone {
  return mark === 'window closed' || mark === 'resting' || mark === 'paused' || mark === 'no engine' ? 'dim' : 'alert';
}

/** A letter for each cell with a mark; a long standstill is a band with its words. */
function markSpans({ marks }: NightGraph, glyphs: Glyphs): Spans {
  const spans: { text: string; tone: Tone }[] = [];
  for (let x = 0; x < marks.length; ) {
    const mark = marks[x] ?? null;
    let end = x + 1;
    while (end < marks.length && marks[end] === mark) end++;
    const length = end - x;
    const tone = mark === null ? 'dim' : toneOf(mark);
    spans.push({ tone, text: mark === null ? ' '.repeat(length) : run(mark, length, tone, glyphs) });
    x = end;
  }
  return spans;
}

function run(mark: PaceMark, length: number, tone: Tone, glyphs: Glyphs): string {
  const words = ` ${wordsOf(mark)} `;
  if (tone === 'alert' || length < words.length) return LETTERS[mark].repeat(length);
  const before = Math.floor((length - words.length) / 2);
  return `${glyphs.empty.repeat(before)}${words}${glyphs.empty.repeat(length - before - words.length)}`;
}

const MINUTE = 60_000;
/** Minutes between two hours of the axis; the smallest that keeps them so many cells apart. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080] as const;
const APART = 12;

/** `┼18:00──────────┼18:30───` */
function hours({ from, cell }: NightGraph, width: number, glyphs: Glyphs): string {
  const step = (STEPS.find((minutes) => (minutes * MINUTE) / cell >= APART) ?? STEPS.at(-1)!) * MINUTE;
  let line = '';
  for (const { x, at } of ticks({ from, cell, width }, step)) {
    const label = `${glyphs.axis}${showMinute(at)}`;
    if (x + label.length > width) break;
    line = line.padEnd(x, glyphs.horizontal) + label;
  }
  return line.padEnd(width, glyphs.horizontal);
}
