import { fitSpans, plainText, type Spans, spansWidth } from '../../text/spans.js';

/** The blanks between two parts of the line. */
const APART = /^ {3}/;
/** The fewest cells to which the first part may be cut. */
const LEAST = 16;

/**
 * Shows the batch's standing whole, and as many parts before it as fit. Parts are left out from the last one on, each as
 * a whole: half a duration would be read as another one. Only the first part may be cut.
 *
 * @param right  parts, each from the second on begun by a span with three blanks
 */
export function firstLine(right: Spans, session: Spans, width: number): Spans {
  const room = width - spansWidth(session) - 2;
  const parts = partsOf(right);
  for (let kept = parts.length; kept > 0; kept--) {
    const shown = parts.slice(0, kept).flat();
    if (spansWidth(shown) <= room) return [...shown, ...session];
  }
  return room < LEAST ? session : [...fitSpans(parts[0] ?? [], room), ...session];
}

function partsOf(spans: Spans): readonly Spans[] {
  const parts: Spans[] = [];
  for (const one of spans) {
    const open = APART.test(plainText([one])) ? undefined : parts.pop();
    parts.push([...(open ?? []), one]);
  }
  return parts;
}
