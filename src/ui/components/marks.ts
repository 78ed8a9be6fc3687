/** Rows that the operator marked, by id. */
export type Marks = ReadonlySet<string>;

export const NO_MARKS: Marks = new Set();

export function toggleMark(marks: Marks, id: string): Marks {
  const changed = new Set(marks);
  if (!changed.delete(id)) changed.add(id);
  return changed;
}

/** All of them marked, or, where they all are already, none of them. Marks that the filter hides stay. */
export function toggleAll(marks: Marks, ids: readonly string[]): Marks {
  const changed = new Set(marks);
  const unmark = ids.every((id) => changed.has(id));
  for (const id of ids) unmark ? changed.delete(id) : changed.add(id);
  return changed;
}

/** Marks do not survive the row they stood on: what is acted on is what is seen. */
export function withoutVanished(marks: Marks, exists: (id: string) => boolean): Marks {
  const kept = [...marks].filter(exists);
  return kept.length === marks.size ? marks : new Set(kept);
}
