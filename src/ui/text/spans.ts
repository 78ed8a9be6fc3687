import { type FitOptions, fitText, shorten } from './fit.js';
import { harmless, widthOf } from './graphemes.js';
import { asLink } from './osc8.js';
import type { Theme, Tone } from './theme.js';

/** Where a click on a span leads: to a key, as if it was pressed, or to a part of the component that drew it. */
export type Target = { readonly key: string } | { readonly part: string };

/** A piece of a line in one tone. A plain string is a span in the tone `text`. `link`: the page that the terminal opens from it. */
export type Span =
  | string
  | { readonly text: string; readonly tone: Tone; readonly target?: Target; readonly link?: string };

/** A line of the screen before it has colours: what every brick is made of. */
export type Spans = readonly Span[];

export function span(tone: Tone, text: string): Span {
  return { tone, text };
}

/** A line of which each piece leads there when it is clicked, but for pieces that lead elsewhere already. */
export function aimed(target: Target, spans: Spans): Spans {
  return spans.map((one) => (typeof one === 'string' ? { text: one, tone: 'text', target } : { target, ...one }));
}

/** The target of the piece in a cell of a line, or null. */
export function targetAt(spans: Spans, x: number): Target | null {
  let left = x;
  for (const one of spans) {
    const width = widthOf(textOf(one));
    if (left < width) return (typeof one === 'string' ? undefined : one.target) ?? null;
    left -= width;
  }
  return null;
}

export function spansWidth(spans: Spans): number {
  let width = 0;
  for (const one of spans) width += widthOf(textOf(one));
  return width;
}

/** A line in exactly `width` cells. What does not fit is cut from its end. */
export function fitSpans(spans: Spans, width: number, options: FitOptions = {}): Spans {
  const total = spansWidth(spans);
  if (total <= width) {
    const room = ' '.repeat(width - total);
    if (options.align === 'right') return [room, ...spans];
    if (options.align === 'centre')
      return [fitText('', Math.floor((width - total) / 2)), ...spans, fitText('', Math.ceil((width - total) / 2))];
    return [...spans, room];
  }
  const shown: Span[] = [];
  let left = width;
  for (const [index, one] of spans.entries()) {
    const text = textOf(one);
    const wide = widthOf(text);
    const isLast = spansWidth(spans.slice(index + 1)) === 0;
    if (wide < left || (wide === left && isLast)) {
      shown.push(like(one, shorten(text, left)));
      left -= wide;
      continue;
    }
    // The ellipsis belongs to the span that was cut, also when the cut falls between two.
    const cut = shorten(wide > left ? text : `${text}…`, left, options);
    shown.push(like(one, fitText(cut, left)));
    return shown;
  }
  return shown;
}

/** Two ends of one line. The right one is kept whole as long as the left one keeps a third. */
export function spread(left: Spans, right: Spans, width: number): Spans {
  const wanted = spansWidth(right);
  const room = Math.min(wanted, Math.max(0, width - Math.min(spansWidth(left) + 1, Math.ceil(width / 3))));
  if (room === 0) return fitSpans(left, width);
  // Two texts that touch are read as one.
  const isTouched = spansWidth(left) >= width - room && !plainText(right).startsWith(' ');
  const gap: Spans = isTouched ? [' '] : [];
  return [...fitSpans(left, width - room - gap.length), ...gap, ...fitSpans(right, room)];
}

/**
 * Writes spans in the colours of a theme. All text reaches the screen through here, and no control character passes. For
 * terminals that know no links, the sink leaves these out.
 */
export function inColour(spans: Spans, theme: Theme): string {
  let line = '';
  for (const one of spans) {
    const text = theme[typeof one === 'string' ? 'text' : one.tone](harmless(textOf(one)));
    line += typeof one === 'string' || one.link === undefined ? text : asLink(one.link, text);
  }
  return line;
}

/** All of a line in one tone instead of its own: the row under the cursor. */
export function marked(spans: Spans, tone: Tone): Spans {
  return [{ text: spans.map(textOf).join(''), tone }];
}

export function plainText(spans: Spans): string {
  return spans.map(textOf).join('');
}

function textOf(one: Span): string {
  return typeof one === 'string' ? one : one.text;
}

function like(one: Span, text: string): Span {
  return typeof one === 'string' ? text : { ...one, text };
}
