import { useMemo } from 'react';
import { type Marks, NO_MARKS, toggleAll, toggleMark, withoutVanished } from '../../components/marks.js';
import { useKept } from '../../shell/use-kept.js';

export interface MarksState {
  /** Marks of rows that are listed. */
  readonly marks: Marks;
  /** Marks of other rows: the filter hides them, or they are gone. No order acts on these. */
  readonly hidden: Marks;
  readonly toggle: (id: string) => void;
  /** All of these that are there, or none of them where they all are. */
  readonly toggleAll: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

/** @param ids of the rows that the filter shows: a state may change, and a row go out of it, while nobody looks */
export function useMarks(ids: ReadonlySet<string>): MarksState {
  const [all, set] = useKept<Marks>('marks', NO_MARKS);
  const marks = useMemo(() => withoutVanished(all, (id) => ids.has(id)), [all, ids]);
  const hidden = useMemo(() => withoutVanished(all, (id) => !ids.has(id)), [all, ids]);
  return {
    marks,
    hidden,
    toggle: (id) => set((now) => toggleMark(now, id)),
    toggleAll: (shown) => {
      const there = shown.filter((id) => ids.has(id));
      set((now) => toggleAll(now, there));
    },
    clear: () => set(NO_MARKS),
  };
}
