import { ruleLine } from '../../components/Rule.js';
import type { Glyphs } from '../../text/glyphs.js';
import { aimed, type Spans, span } from '../../text/spans.js';

/** Below the folders of a mailbox. */
export const SECTIONS = ['history', 'log', 'errors'] as const;
export type Section = (typeof SECTIONS)[number];

/** The lines of each section, in so many lines. */
export type DrawnSections = Readonly<Record<Section, (lines: number) => readonly Spans[]>>;

/** So many lines each section has at least where all three are shown. */
const LEAST_LINES = 6;

/**
 * All sections where there is room for them, else the chosen one, with the others named in its title.
 *
 * @param room   lines
 * @param width  cells
 */
export function sectionsIn(
  room: number,
  chosen: Section,
  drawn: DrawnSections,
  width: number,
  glyphs: Glyphs,
): readonly Spans[] {
  const shown: readonly Section[] = room >= SECTIONS.length * LEAST_LINES ? SECTIONS : [chosen];
  const each = Math.floor(room / shown.length);
  return shown.flatMap((name, index): Spans[] => {
    const lines = index === shown.length - 1 ? room - each * (shown.length - 1) : each;
    const body = drawn[name](lines - 1).slice(0, lines - 1);
    const titles = (shown.length > 1 ? [name] : SECTIONS).flatMap(
      (one, at): Spans => [
        at === 0 ? '' : '   ',
        ...aimed({ part: one }, [
          span(one === name ? 'strong' : 'dim', one === name && shown.length === 1 ? `${glyphs.cursor} ${one}` : one),
        ]),
      ],
    );
    return [ruleLine(titles, width, glyphs), ...body, ...Array.from({ length: lines - 1 - body.length }, () => [])];
  });
}
