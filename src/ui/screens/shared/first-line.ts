import { fitSpans, plainText, type Spans, spansWidth } from '../../text/spans.js';

/** Between what stands before the time. */
const APART = /^ {3}/;
/** Least cells in which the first of it says anything when it is cut. */
const LEAST = 16;

/**
 * How the batch stands is shown whole. What stands before it goes from its end, each part whole, or half a duration
 * would be read for one; only the first part is cut.
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
