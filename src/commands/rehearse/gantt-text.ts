import stringWidth from 'string-width';
import type { Played } from '../../engine/rehearsal/night.js';
import type { Stretch } from '../../protocol/rehearsal-entity.js';
import { showMinute } from '../../words/times.js';

/** A cell that stands for what a mailbox does in most of it. */
const SIGNS: Readonly<Record<Stretch['kind'], string>> = { works: '█', rests: '░', waits: '·' };
const LEAST_CELLS = 20;
const NAME = { least: 12, most: 32 } as const;
/** Cells of the end beside the line: `15 Jan 04:12`. */
const END = 13;
/** Cells between two hours above the lines. */
const LABEL_EVERY = 12;

/**
 * A Gantt chart: a line a mailbox, with what it does from left to right and when it is done.
 *
 * @param width  columns of the terminal
 */
export function ganttLines(mailboxes: readonly Played[], from: number, to: number, width: number): readonly string[] {
  const longest = Math.max(...mailboxes.map(({ load }) => stringWidth(load.row.email)), NAME.least);
  const name = Math.min(NAME.most, longest);
  const cells = Math.max(LEAST_CELLS, width - name - END - 3);
  const cell = Math.max(1, (to - from) / cells);
  const rows = mailboxes.map(({ load, stretches, doneAt }) => {
    const line = Array.from({ length: cells }, (_, index) =>
      signAt(stretches, from + index * cell, from + (index + 1) * cell),
    );
    const end = doneAt === null ? 'not in sight' : showMinute(doneAt, from);
    return `${fitted(load.row.email, name)}  ${line.join('').trimEnd().padEnd(cells)} ${end}`.trimEnd();
  });
  return [' '.repeat(name + 2) + hours(from, cell, cells), ...rows];
}

/** The sign of its doing in most of the cell; work that is shorter than a cell is seen all the same. */
function signAt(stretches: readonly Stretch[], from: number, to: number): string {
  const here = stretches.filter((one) => one.from < to && one.to > from);
  if (here.some(({ kind }) => kind === 'works')) return SIGNS.works;
  const [most] = here.toSorted((a, b) => shared(b, from, to) - shared(a, from, to));
  return most === undefined ? ' ' : SIGNS[most.kind];
}

const shared = (one: Stretch, from: number, to: number) => Math.min(one.to, to) - Math.max(one.from, from);

function hours(from: number, cell: number, cells: number): string {
  let line = '';
  for (let at = 0; at + LABEL_EVERY <= cells + LABEL_EVERY / 2; at += LABEL_EVERY)
    line = `${line.padEnd(at)}${showMinute(from + at * cell)} `;
  return line.trimEnd();
}

function fitted(text: string, width: number): string {
  let shown = '';
  for (const char of text) {
    if (stringWidth(shown + char) > width) return `${[...shown].slice(0, -1).join('')}~`;
    shown += char;
  }
  return shown + ' '.repeat(width - stringWidth(shown));
}
