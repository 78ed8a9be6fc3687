import type { ReactElement } from 'react';
import { useLook } from '../look.js';
import { shorten } from '../text/fit.js';
import type { Glyphs } from '../text/glyphs.js';
import { widthOf } from '../text/graphemes.js';
import { fitSpans, type Spans, span } from '../text/spans.js';
import type { Tone } from '../text/theme.js';
import { Lines } from './Lines.js';

export interface PaneContent {
  readonly title: string;
  /** At the right end of the upper border: the state. It is shown whole. */
  readonly status: string;
  readonly statusTone?: Tone;
  readonly focus?: 'focused' | 'resting';
  readonly lines: readonly Spans[];
}

/** A box with its title and state in the upper border, as lines. @param width of the whole box, 8 and more */
export function paneLines(content: PaneContent, width: number, height: number, glyphs: Glyphs): readonly Spans[] {
  const tone: Tone = content.focus === 'focused' ? 'accent' : 'dim';
  const { horizontal, vertical } = glyphs;
  const state = shorten(content.status, Math.max(0, width - 8), { ellipsis: glyphs.ellipsis });
  const room = width - 4 - (state === '' ? 0 : widthOf(state) + 3);
  const title = shorten(content.title, Math.max(0, room - 1), { ellipsis: glyphs.ellipsis });
  const line = width - 3 - widthOf(title) - (title === '' ? 0 : 1) - (state === '' ? 0 : widthOf(state) + 2);
  const top: Spans = [
    span(tone, `${glyphs.topLeft} `),
    ...(title === '' ? [] : [span('strong', title), ' ']),
    span(tone, horizontal.repeat(Math.max(0, line))),
    ...(state === '' ? [] : [' ', span(content.statusTone ?? 'text', state), ' ']),
    span(tone, glyphs.topRight),
  ];
  const inside = Array.from(
    { length: Math.max(0, height - 2) },
    (_, y): Spans => [
      span(tone, `${vertical} `),
      ...fitSpans(content.lines[y] ?? [], Math.max(0, width - 4), { ellipsis: glyphs.ellipsis }),
      span(tone, ` ${vertical}`),
    ],
  );
  const bottom = [span(tone, `${glyphs.bottomLeft}${horizontal.repeat(Math.max(0, width - 2))}${glyphs.bottomRight}`)];
  return [top, ...inside, bottom];
}

export interface PaneProps extends PaneContent {
  readonly width: number;
  readonly height: number;
}

export function Pane({ width, height, ...content }: PaneProps): ReactElement | null {
  const { glyphs } = useLook();
  return <Lines lines={paneLines(content, width, height, glyphs)} width={width} height={height} />;
}

/** Cells between two columns of panes. */
const GAP = 2;

/** How many columns of panes fit, and how wide each is. @param least cells that a pane needs */
export function paneColumns(width: number, least: number): { readonly columns: number; readonly width: number } {
  const columns = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
  return { columns, width: Math.floor((width - GAP * (columns - 1)) / columns) };
}

/** Panes side by side in rows of so many columns: one block of lines, cheap to draw. */
export function paneGrid(panes: readonly (readonly Spans[])[], columns: number, paneWidth: number): readonly Spans[] {
  const lines: Spans[] = [];
  for (let first = 0; first < panes.length; first += columns) {
    const row = panes.slice(first, first + columns);
    const height = Math.max(...row.map((pane) => pane.length));
    for (let y = 0; y < height; y++) {
      lines.push(
        row.flatMap((pane, x) => [...(x === 0 ? [] : [' '.repeat(GAP)]), ...fitSpans(pane[y] ?? [], paneWidth)]),
      );
    }
  }
  return lines;
}
