import { useRef } from 'react';
import { AT_TOP, follow, type Scroll, type ScrollMove, scrollBy } from '../../components/scroll.js';
import { scrollActions } from '../../shell/ScrolledPage.js';
import { useKept } from '../../shell/use-kept.js';

/** Where the cursor is in a list of which rows come, go and change their places. */
interface ListPlace {
  /** Id of the row under the cursor; null: wherever the first row is. */
  readonly id: string | null;
  readonly scroll: Scroll;
}

const LIST_TOP: ListPlace = { id: null, scroll: AT_TOP };

/** The place after a key. Pure, so that ten keys of one chunk are ten moves. */
function movePlace(place: ListPlace, to: ScrollMove, ids: readonly string[], seen: number): ListPlace {
  const scroll = scrollBy(placeIn(place, ids, seen), to, ids.length, seen);
  return { id: ids[scroll.cursor] ?? null, scroll };
}

/** Where the rows are now. A row that vanished leaves the cursor at its place. */
function placeIn({ id, scroll }: ListPlace, ids: readonly string[], seen: number): Scroll {
  const index = id === null ? -1 : ids[scroll.cursor] === id ? scroll.cursor : ids.indexOf(id);
  return follow(scroll, index, ids.length, seen);
}

export interface List<T> {
  readonly rows: readonly T[];
  readonly scroll: Scroll;
  /** The row under the cursor. */
  readonly current: T | null;
  /** Moves the cursor by the keys of a list. */
  readonly actions: Readonly<Record<string, () => void>>;
  readonly move: (to: ScrollMove) => void;
}

/**
 * A list with a cursor that stays on its row.
 *
 * @param name  under which the place is kept
 * @param seen  rows that fit
 */
export function useList<T>(name: string, rows: readonly T[], idOf: (row: T) => string, seen: number): List<T> {
  const [place, set] = useKept<ListPlace>(name, LIST_TOP);
  const ids = useIds(rows, idOf);
  const scroll = placeIn(place, ids, seen);
  const move = (to: ScrollMove) => set((now) => movePlace(now, to, ids, seen));
  return { rows, scroll, current: rows[scroll.cursor] ?? null, actions: scrollActions(move), move };
}

function useIds<T>(rows: readonly T[], idOf: (row: T) => string): readonly string[] {
  const known = useRef<{ rows: readonly T[]; ids: readonly string[] } | null>(null);
  if (known.current?.rows !== rows) known.current = { rows, ids: rows.map(idOf) };
  return known.current.ids;
}
