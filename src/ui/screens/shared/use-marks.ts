import { useMemo } from 'react';
import { type Marks, NO_MARKS, toggleAll, toggleMark, withoutVanished } from '../../components/marks.js';
import { useKept } from '../../shell/use-kept.js';

export interface MarksState {
  readonly marks: Marks;
  readonly toggle: (id: string) => void;
  /** All of these, or none of them where they all are. */
  readonly toggleAll: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

/** @param ids of all rows there are, the filter's hidden ones too */
export function useMarks(ids: ReadonlySet<string>): MarksState {
  const [all, set] = useKept<Marks>('marks', NO_MARKS);
  const marks = useMemo(() => withoutVanished(all, (id) => ids.has(id)), [all, ids]);
  return {
    marks,
    toggle: (id) => set((now) => toggleMark(now, id)),
    toggleAll: (shown) => set((now) => toggleAll(now, shown)),
    clear: () => set(NO_MARKS),
  };
}
