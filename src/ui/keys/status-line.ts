import { widthOf } from '../text/graphemes.js';
import { aimed, type Spans, span, spansWidth } from '../text/spans.js';
import { type Binding, showKey } from './bindings.js';
import type { Active } from './dispatch.js';

/** From this weight on a hint stands at the right end: it is the same on every screen. */
const RIGHT_END = 100;
/** Cells between two hints. */
const GAP = 2;

/**
 * The last lines of a screen: what its keys do. Where room is short the hints of the lowest weight go.
 *
 * @param lead  words in front of the keys: `3 marked`, and then the keys that act on them come first; '' for none
 * @param width cells
 * @param most  lines; a second one is used only when the first does not hold all
 */
export function statusLines(active: readonly Active[], width: number, most: number, lead = ''): readonly Spans[] {
  const hints = active.map(({ binding }) => binding).filter(({ weight, keys }) => weight > 0 && keys.length > 0);
  const place = ({ weight, reach }: Binding) => (weight >= RIGHT_END ? 2 : lead !== '' && reach !== 'work' ? 1 : 0);
  let shown = [...hints].sort((a, b) => place(a) - place(b));
  const before = lead === '' ? 0 : widthOf(lead) + GAP;
  for (;;) {
    const lines = flow(shown, width, before);
    if (lines.length <= most || shown.length === 0)
      return lines.map((line, index) => drawn(line, width, index === 0 ? lead : ''));
    const least = Math.min(...shown.map(({ weight }) => weight));
    const last = shown.map(({ weight }) => weight).lastIndexOf(least);
    shown = shown.filter((_, index) => index !== last);
  }
}

/** From left to right, as many lines as they need. */
function flow(hints: readonly Binding[], width: number, before: number): readonly (readonly Binding[])[] {
  const lines: Binding[][] = [[]];
  for (const hint of hints) {
    const line = lines.at(-1) ?? [];
    const room = width - 2 - (lines.length === 1 ? before : 0);
    if (line.length > 0 && lengthOf([...line, hint]) > room) lines.push([hint]);
    else line.push(hint);
  }
  return lines;
}

function drawn(hints: readonly Binding[], width: number, lead: string): Spans {
  const head: Spans = lead === '' ? [] : [span('accent', `${lead}:`), ' '];
  const left = hints.filter(({ weight }) => weight < RIGHT_END);
  const right = hints.filter(({ weight }) => weight >= RIGHT_END);
  const room = Math.max(0, width - 2 - spansWidth(head) - lengthOf(left) - lengthOf(right));
  return [' ', ...head, ...join(left), ' '.repeat(room), ...join(right), ' '];
}

function lengthOf(hints: readonly Binding[]): number {
  return spansWidth(join(hints));
}

function join(hints: readonly Binding[]): Spans {
  return hints.flatMap(({ keys, label }, index) => [
    ...(index === 0 ? [] : [' '.repeat(GAP)]),
    ...aimed({ key: keys[0] ?? '' }, [span('key', showKey(keys[0] ?? '')), ` ${label}`]),
  ]);
}
