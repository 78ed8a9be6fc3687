import { useMemo } from 'react';
import { type Marks, NO_MARKS, toggleAll, toggleMark, withoutVanished } from '../../components/marks.js';
import { useKept } from '../../shell/use-kept.js';

export interface MarksState {
  /** Those of rows that are there. */
  readonly marks: Marks;
  /** Those of others: the filter hides their rows, or they are gone. None of them is acted on. */
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
