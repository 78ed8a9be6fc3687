import { type Grapheme, graphemes, widthOf } from './graphemes.js';

export type Align = 'left' | 'right' | 'centre';

/** The place where a text is cut. `end` keeps its start, `start` its end, `middle` both. */
export type Cut = 'end' | 'start' | 'middle';

export interface FitOptions {
  readonly align?: Align;
  readonly cut?: Cut;
  /** One cell wide; `~` in ASCII. */
  readonly ellipsis?: string;
}

/**
 * A text in exactly `width` cells: padded, or cut between characters with an ellipsis. A character of two
 * cells that does not fit leaves a blank.
 *
 * @param width cells; nothing fits into 0 or less
 */
export function fitText(text: string, width: number, options: FitOptions = {}): string {
  if (width <= 0) return '';
  const shown = shorten(text, width, options);
  const room = width - widthOf(shown);
  switch (options.align ?? 'left') {
    case 'left':
      return shown + ' '.repeat(room);
    case 'right':
      return ' '.repeat(room) + shown;
    case 'centre':
      return ' '.repeat(Math.floor(room / 2)) + shown + ' '.repeat(Math.ceil(room / 2));
  }
}

/** A text in at most `width` cells, without padding. */
export function shorten(text: string, width: number, options: FitOptions = {}): string {
  if (width <= 0) return '';
  const all = graphemes(text);
  if (cells(all) <= width) return join(all);
  const ellipsis = options.ellipsis ?? '…';
  const room = width - widthOf(ellipsis);
  if (room <= 0) return ellipsis;
  switch (options.cut ?? 'end') {
    case 'end':
      return join(head(all, room)) + ellipsis;
    case 'start':
      return ellipsis + join(tail(all, room));
    case 'middle': {
      const front = head(all, Math.ceil(room / 2));
      return join(front) + ellipsis + join(tail(all, room - cells(front)));
    }
  }
}

/** The first characters that fit into so many cells. */
function head(all: readonly Grapheme[], width: number): readonly Grapheme[] {
  let taken = 0;
  let end = 0;
  for (const grapheme of all) {
    if (taken + grapheme.width > width) break;
    taken += grapheme.width;
    end += 1;
  }
  return all.slice(0, end);
}

/** The last characters that fit into so many cells. */
function tail(all: readonly Grapheme[], width: number): readonly Grapheme[] {
  let taken = 0;
  let start = all.length;
  while (start > 0 && taken + (all[start - 1]?.width ?? 0) <= width) {
    start -= 1;
    taken += all[start]?.width ?? 0;
  }
  return all.slice(start);
}

function cells(all: readonly Grapheme[]): number {
  let width = 0;
  for (const grapheme of all) width += grapheme.width;
  return width;
}

function join(all: readonly Grapheme[]): string {
  let text = '';
  for (const grapheme of all) text += grapheme.text;
  return text;
}
