import type { Rehearsed } from '../../engine/rehearsal/rehearsed.js';
import { harmless } from '../process/harmless.js';
import { ganttLines } from './gantt-text.js';
import { answerLines, basisLines, helpLines, lateLines } from './rehearsal-text.js';

/** Mailboxes in the chart, unless all are asked for. */
const LAST = 16;
const WIDTH = 100;

/**
 * The report of a rehearsal, in lines: the answer, who is late, a chart, what would help, and what it rests on.
 *
 * @param width  columns of the terminal; null: none
 */
export function rehearsalLines(rehearsed: Rehearsed, detail: 'last' | 'all', width: number | null): readonly string[] {
  const { rehearsal } = rehearsed;
  return [
    ...answerLines(rehearsed),
    ...lateLines(rehearsal),
    ...chartLines(rehearsed, detail, width),
    ...helpLines(rehearsed),
    ...basisLines(rehearsed),
  ].map(harmless);
}

/**
 * The chart under its title, with its signs explained; nothing where nothing is left to be moved.
 *
 * @param width  as of {@link rehearsalLines}
 */
export function chartLines({ rehearsal }: Rehearsed, detail: 'last' | 'all', width: number | null): readonly string[] {
  const { mailboxes, from, by, end } = rehearsal;
  if (mailboxes.length === 0) return [];
  const ending = (doneAt: number | null) => doneAt ?? Number.MAX_SAFE_INTEGER;
  const last = mailboxes.toSorted((a, b) => ending(a.doneAt) - ending(b.doneAt)).slice(-LAST);
  const shown = detail === 'all' ? mailboxes : mailboxes.filter((one) => last.includes(one));
  const to = Math.max(end.middle ?? 0, by ?? 0, ...shown.flatMap(({ stretches }) => stretches.at(-1)?.to ?? []));
  const title =
    shown.length < mailboxes.length ? `the ${shown.length} that end last (--all shows each):` : 'the night:';
  return ['', title, ...ganttLines(shown, from, to, width ?? WIDTH), '█ at work  ░ rests  · waits', ''];
}
