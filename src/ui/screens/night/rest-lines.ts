import type { MailboxEntity, MailboxState } from '../../../protocol/entities.js';
import { showCount } from '../../../words/units.js';
import { columnCells, placeColumns } from '../../components/columns.js';
import { ruleLine } from '../../components/Rule.js';
import { keyOf } from '../../keys/bindings.js';
import { endedOpen } from '../../select/states.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { restColumns } from './rest-columns.js';

/** Fewer lines than these say nothing. */
const LEAST_LINES = 3;

interface Section {
  readonly title: string;
  readonly rows: readonly MailboxEntity[];
}

/**
 * The room below the panes: who starts next, who was stopped, and who came to its end: with something open first, then
 * the last.
 */
export function restLines(
  others: readonly MailboxEntity[],
  { width, height, now, glyphs }: { width: number; height: number; now: number; glyphs: Glyphs },
): readonly Spans[] {
  if (height < LEAST_LINES) return [];
  const placed = placeColumns(restColumns(now, glyphs), width - 2);
  const sections = sectionsOf(others);
  const heights = shareLines(
    sections.map(({ rows }) => rows.length + 1),
    height,
  );
  return sections.flatMap(({ title, rows }, index): readonly Spans[] => {
    const room = heights[index] ?? 0;
    if (room < 2) return [];
    const shown = rowsIn(rows.length, room);
    const more = rows.length - shown;
    return [
      ruleLine([span('strong', `${title} ${showCount(rows.length)}`)], width, glyphs),
      ...rows.slice(0, shown).map((row): Spans => [' ', ...columnCells(placed, row, glyphs.ellipsis)]),
      ...(more > 0 && shown + 1 < room
        ? [[' ', span('dim', `and ${showCount(more)} more: ${keyOf('look.arrange')} lists them`)]]
        : []),
    ];
  });
}

function sectionsOf(others: readonly MailboxEntity[]): readonly Section[] {
  const of = (kinds: readonly MailboxState['kind'][]) => others.filter(({ state }) => kinds.includes(state.kind));
  const waiting = of(['queued']).sort((a, b) => startOf(a) - startOf(b));
  const stopped = of(['stopped']).sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  const done = of(['incomplete', 'synced', 'completed']).sort(
    (a, b) => Number(endedOpen(b)) - Number(endedOpen(a)) || (b.endedAt ?? 0) - (a.endedAt ?? 0),
  );
  return [
    { title: 'waiting', rows: waiting },
    { title: 'stopped', rows: stopped },
    { title: 'done', rows: done },
  ].filter(({ rows }) => rows.length > 0);
}

/**
 * Lines of each section: a line each in turn, from the first on, until all have what they want or none is left.
 *
 * @param wanted  lines that each would take
 */
export function shareLines(wanted: readonly number[], lines: number): readonly number[] {
  const given = wanted.map(() => 0);
  for (let left = lines; left > 0; ) {
    const before = left;
    for (const [index, most] of wanted.entries()) {
      if (left === 0 || (given[index] ?? 0) >= most) continue;
      given[index] = (given[index] ?? 0) + 1;
      left -= 1;
    }
    if (left === before) break;
  }
  return given;
}

/** Rows that are drawn below the title, with a line for how many more there are where that leaves one. */
function rowsIn(rows: number, room: number): number {
  if (rows + 1 <= room) return rows;
  return room < 3 ? room - 1 : room - 2;
}

function startOf({ state }: MailboxEntity): number {
  return state.kind === 'queued' && state.startsAt !== null ? state.startsAt : Number.MAX_SAFE_INTEGER;
}
