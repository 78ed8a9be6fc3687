const met = new Map<string, number>();

/** A user, or a batch, whom no test of this file met before: one that is tried again finds nothing of its first try. */
export function newcomer(name: string): string {
  const times = (met.get(name) ?? 0) + 1;
  met.set(name, times);
  return times === 1 ? name : `${name}-${times}`;
}
