import { useContext, useRef } from 'react';
import { AT_TOP, follow, keepInView, type Scroll, type ScrollMove, scrollBy } from '../../components/scroll.js';
import { keyNamed } from '../../keys/mouse-hub.js';
import { KeyHubContext } from '../../keys/use-keys.js';
import { scrollActions } from '../../shell/ScrolledPage.js';
import { useKept } from '../../shell/use-kept.js';

/** Where the cursor is in a list of which rows come, go and change their places. */
interface ListPlace {
  /** Id of the row under the cursor; null: wherever the first row is. */
  readonly id: string | null;
  /** After the row was acted on: the row that takes its place once it moves down or goes. */
  readonly next: string | null;
  readonly scroll: Scroll;
}

const LIST_TOP: ListPlace = { id: null, next: null, scroll: AT_TOP };

/** The place after a key. Pure, so that ten keys of one chunk are ten moves. */
function movePlace(place: ListPlace, to: ScrollMove, ids: readonly string[], seen: number): ListPlace {
  const scroll = scrollBy(placeIn(place, ids, seen), to, ids.length, seen);
  return { id: ids[scroll.cursor] ?? null, next: null, scroll };
}

/** Where the rows are now. A row that vanished leaves the cursor at its place. */
function placeIn({ id, next, scroll }: ListPlace, ids: readonly string[], seen: number): Scroll {
  const own = id === null ? -1 : ids[scroll.cursor] === id ? scroll.cursor : ids.indexOf(id);
  const after = next === null ? -1 : ids.indexOf(next);
  // The work goes on with the next row; a row that was put at the end is not followed there.
  const index = after >= 0 && (own < 0 || own > after) ? after : own;
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
  /** These rows are acted on now: the cursor stays for the next one when its own moves away. */
  readonly actedOn: (ids: ReadonlySet<string>) => void;
  /** The cursor stays on its row wherever that goes. */
  readonly hold: () => void;
  /** A click on a row: the cursor goes there; where it stands already the row is opened. */
  readonly click: (index: number) => void;
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
  const keys = useContext(KeyHubContext);
  const scroll = placeIn(place, ids, seen);
  const move = (to: ScrollMove) => set((now) => movePlace(now, to, ids, seen));
  const here = ids[scroll.cursor] ?? null;
  const actedOn = (acted: ReadonlySet<string>): void => {
    const next = ids.slice(scroll.cursor + 1).find((id) => !acted.has(id)) ?? null;
    if (here !== null && acted.has(here)) set({ id: here, next, scroll });
  };
  const hold = () => set({ id: here, next: null, scroll });
  const click = (index: number): void => {
    if (index === scroll.cursor) keys.press(keyNamed('enter'));
    else
      set((now) => ({
        id: ids[index] ?? null,
        next: null,
        scroll: keepInView({ ...placeIn(now, ids, seen), cursor: index }, ids.length, seen),
      }));
  };
  return {
    rows,
    scroll,
    current: rows[scroll.cursor] ?? null,
    actions: scrollActions(move),
    move,
    actedOn,
    hold,
    click,
  };
}

function useIds<T>(rows: readonly T[], idOf: (row: T) => string): readonly string[] {
  const known = useRef<{ rows: readonly T[]; ids: readonly string[] } | null>(null);
  if (known.current?.rows !== rows) known.current = { rows, ids: rows.map(idOf) };
  return known.current.ids;
}
