import type { MailboxEntity } from '../../../engine/protocol.js';
import { columnCells, placeColumns } from '../../components/columns.js';
import { ruleLine } from '../../components/Rule.js';
import { endedOpen } from '../../select/states.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { restColumns } from './rest-columns.js';

/** Fewer lines than these say nothing. */
const LEAST_LINES = 3;

/** The room below the panes: who starts next, and who came to its end: with something open first, then the last. */
export function restLines(
  others: readonly MailboxEntity[],
  { width, height, now, glyphs }: { width: number; height: number; now: number; glyphs: Glyphs },
): readonly Spans[] {
  if (height < LEAST_LINES || others.length === 0) return [];
  const waiting = others.filter(({ state }) => state.kind === 'queued').sort((a, b) => startOf(a) - startOf(b));
  const done = others
    .filter(({ state }) => state.kind !== 'queued')
    .sort((a, b) => Number(endedOpen(b)) - Number(endedOpen(a)) || (b.endedAt ?? 0) - (a.endedAt ?? 0));
  const placed = placeColumns(restColumns(now, glyphs), width - 2);
  const section = (title: string, rows: readonly MailboxEntity[], room: number): Spans[] =>
    rows.length === 0 || room < 2
      ? []
      : [
          ruleLine([span('strong', `${title} ${rows.length}`)], width, glyphs),
          ...rows.slice(0, room - 1).map((row): Spans => [' ', ...columnCells(placed, row, glyphs.ellipsis)]),
        ];
  const half = done.length === 0 ? height : Math.max(2, Math.ceil(height / 2));
  const first = section('waiting', waiting, Math.min(half, waiting.length + 1));
  return [...first, ...section('done', done, height - first.length)];
}

function startOf({ state }: MailboxEntity): number {
  return state.kind === 'queued' && state.startsAt !== null ? state.startsAt : Number.MAX_SAFE_INTEGER;
}
