import { showCount } from '../../words/units.js';

/** The visible rows of a list, and the row of the cursor. Pure: a list of 50,000 costs as much as one of 5. */
export interface Scroll {
  /** Index of the row under the cursor, 0 in an empty list. */
  readonly cursor: number;
  /** Index of the first row that is seen. */
  readonly top: number;
}

export const AT_TOP: Scroll = { cursor: 0, top: 0 };

export type ScrollMove = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

/** After a key. @param seen rows that fit */
export function scrollBy(scroll: Scroll, move: ScrollMove, count: number, seen: number): Scroll {
  const page = Math.max(1, seen - 1);
  const to: Record<ScrollMove, number> = {
    up: scroll.cursor - 1,
    down: scroll.cursor + 1,
    'page-up': scroll.cursor - page,
    'page-down': scroll.cursor + page,
    first: 0,
    last: count - 1,
  };
  return keepInView({ ...scroll, cursor: to[move] }, count, seen);
}

/** Within the list, with the cursor in view and no empty rows below the last one: after every change of either. */
export function keepInView(scroll: Scroll, count: number, seen: number): Scroll {
  const cursor = Math.max(0, Math.min(scroll.cursor, count - 1));
  const fits = Math.max(1, seen);
  const highest = Math.max(0, count - fits);
  const top = Math.max(0, Math.min(scroll.top, highest, cursor));
  return { cursor, top: Math.max(top, cursor - fits + 1) };
}

/**
 * The cursor stays on its row when others come and go above it.
 *
 * @param row    what it was on
 * @param indexOf where that is now, -1 when it vanished: then the cursor stays at its place
 */
export function follow(scroll: Scroll, indexOf: number, count: number, seen: number): Scroll {
  if (indexOf < 0) return keepInView(scroll, count, seen);
  return keepInView({ cursor: indexOf, top: scroll.top + indexOf - scroll.cursor }, count, seen);
}

/** `workers 1-6 of 21`: what of a list is seen. */
export function seenRange(scroll: Scroll, count: number, seen: number): string {
  if (count === 0) return '0 of 0';
  const last = Math.min(count, scroll.top + Math.max(1, seen));
  return `${showCount(scroll.top + 1)}-${showCount(last)} of ${showCount(count)}`;
}
