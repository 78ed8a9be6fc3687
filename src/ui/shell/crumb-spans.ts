import { shorten } from '../text/fit.js';
import type { Glyphs } from '../text/glyphs.js';
import { type Spans, span, spansWidth } from '../text/spans.js';

/**
 * `school-2026 › errors › OVERQUOTA`. The last one is where one is: where room is short those in the middle go, then the
 * first, and only then is the last one cut.
 *
 * @param room cells, with the blank in front
 */
export function crumbSpans(crumbs: readonly string[], room: number, glyphs: Glyphs): Spans {
  const last = crumbs.length - 1;
  for (let left = 0; left < last; left++) {
    const line = drawn(
      left === 0 ? crumbs : [...crumbs.slice(0, 1), glyphs.ellipsis, ...crumbs.slice(left + 1)],
      glyphs,
    );
    if (spansWidth(line) <= room) return line;
  }
  const [own = ''] = crumbs.slice(last);
  const alone = last > 0 ? [glyphs.ellipsis, own] : [own];
  const before = spansWidth(drawn([...alone.slice(0, -1), ''], glyphs));
  return drawn(
    [...alone.slice(0, -1), shorten(own, Math.max(1, room - before), { ellipsis: glyphs.ellipsis })],
    glyphs,
  );
}

/** Cells that all of them take. */
export function crumbsWidth(crumbs: readonly string[], glyphs: Glyphs): number {
  return spansWidth(drawn(crumbs, glyphs));
}

function drawn(crumbs: readonly string[], glyphs: Glyphs): Spans {
  return crumbs.flatMap(
    (crumb, index): Spans => [
      span('dim', index === 0 ? ' ' : ` ${glyphs.crumb} `),
      span(index === crumbs.length - 1 ? 'strong' : 'text', crumb),
    ],
  );
}
