import { paneColumns } from '../../components/Pane.js';
import { HEADER_HEIGHT } from './header-lines.js';
import { PANE_HEIGHT, PANE_WIDTH } from './mailbox-pane.js';

/** How the night screen divides its lines. */
export interface NightLayout {
  /** Rows of mailboxes that need the operator; 0: there is no such section. */
  readonly needs: number;
  /** A line for each mailbox at work, under titles, where there are many; else panes. */
  readonly workers: 'panes' | 'lines';
  readonly columns: number;
  readonly paneWidth: number;
  readonly paneHeight: number;
  /** Rows of panes, or lines, that fit. */
  readonly paneRows: number;
  /** Lines below the panes. */
  readonly rest: number;
}

/** Lines of the first line and of the header. */
const ABOVE = 1 + HEADER_HEIGHT;
const RULE = 1;
/** Cells between two panes, as components/Pane.tsx puts them. */
const PANE_GAP = 2;
/** From so many mailboxes at work on they are a table: a page of panes shows a third of it. */
const MANY = 12;
/** From so many lines on panes are tall: there is enough for all of them. */
const TALL_SCREEN = 40;

/** Rows of needs: a row a mailbox, or a row a cause. */
export interface NeedRows {
  readonly mailboxes: number;
  readonly causes: number;
}

/**
 * The rows of needs come first, but not instead of everything else: they have a quarter of the lines, and all that
 * the panes leave free. Where not every mailbox has a row there, each cause has one.
 *
 * @param workers mailboxes at work
 * @param height  lines of the screen
 */
export function nightLayout(
  { mailboxes, causes }: NeedRows,
  workers: number,
  width: number,
  height: number,
): NightLayout {
  const quarter = Math.max(2, Math.floor(Math.max(0, height - ABOVE) / 4));
  const least = layoutFor(Math.min(mailboxes, quarter), workers, width, height);
  const room = least.needs + least.rest;
  const rows = mailboxes <= room ? mailboxes : causes;
  return layoutFor(Math.min(rows, room), workers, width, height);
}

function layoutFor(needRows: number, workers: number, width: number, height: number): NightLayout {
  const all = Math.max(0, height - ABOVE);
  const room = Math.max(0, all - (needRows > 0 ? RULE + needRows : 0) - RULE);
  if (workers >= MANY) {
    // A line of titles above them.
    const paneRows = Math.max(1, Math.min(workers, room - 1));
    const rest = Math.max(0, room - 1 - paneRows);
    return { needs: needRows, workers: 'lines', columns: 1, paneWidth: width, paneHeight: 1, paneRows, rest };
  }
  // Fewer panes than fit have the room of all: one mailbox is seen as wide as the screen.
  const fits = paneColumns(width, PANE_WIDTH).columns;
  const columns = Math.max(1, Math.min(fits, workers));
  const paneWidth = Math.floor((width - PANE_GAP * (columns - 1)) / columns);
  const rows = (paneHeight: number) => Math.floor(room / paneHeight);
  const wanted = Math.max(1, Math.ceil(workers / columns));
  const isRoomy = height >= TALL_SCREEN || Math.min(wanted, rows(PANE_HEIGHT.short)) <= rows(PANE_HEIGHT.full);
  const paneHeight = isRoomy ? PANE_HEIGHT.full : PANE_HEIGHT.short;
  const paneRows = Math.max(1, Math.min(wanted, rows(paneHeight)));
  // Where nobody is at work one line says so.
  const taken = workers === 0 ? 1 : paneRows * paneHeight;
  const rest = Math.max(0, room - taken);
  return { needs: needRows, workers: 'panes', columns, paneWidth, paneHeight, paneRows, rest };
}

export type NightMove = 'up' | 'down' | 'left' | 'right' | 'page-up' | 'page-down' | 'first' | 'last';

/**
 * The cursor over both sections: first the rows that need the operator, then the panes, row by row.
 *
 * @param cursor index over both
 * @param page   panes on one page
 */
export function moveNight(
  cursor: number,
  to: NightMove,
  { needs, workers, columns, page }: { needs: number; workers: number; columns: number; page: number },
): number {
  const count = needs + workers;
  const inPanes = cursor >= needs;
  const steps: Record<NightMove, number> = {
    up: inPanes ? (cursor - needs >= columns ? cursor - columns : needs - 1) : cursor - 1,
    down: inPanes ? downInPanes(cursor - needs, workers, columns) + needs : cursor + 1,
    left: cursor - 1,
    right: cursor + 1,
    'page-up': inPanes ? Math.max(needs, cursor - page) : 0,
    'page-down': inPanes ? cursor + page : needs,
    first: 0,
    last: count - 1,
  };
  const next = steps[to];
  if (to === 'up' && inPanes && needs === 0 && next < 0) return cursor;
  return Math.max(0, Math.min(next, count - 1));
}

/** Below the last full row there may still be a shorter one. */
function downInPanes(pane: number, workers: number, columns: number): number {
  if (pane + columns < workers) return pane + columns;
  const lastRow = Math.floor((workers - 1) / columns);
  return Math.floor(pane / columns) < lastRow ? workers - 1 : pane;
}

/** First row of panes that is seen, so that the cursor is among them: they page, they do not slide. */
export function topPaneRow(pane: number, columns: number, paneRows: number): number {
  const row = Math.floor(Math.max(0, pane) / columns);
  return Math.floor(row / paneRows) * paneRows;
}
