/** Runs of UIDs, both ends included, lowest first. */
export type UidRanges = readonly (readonly [first: number, last: number])[];

/** Reads a sequence set (`1:50,52`) as far as it can be read. A run of a million UIDs costs as much as one UID. */
export function uidRanges(set: string): UidRanges {
  return set.split(',').flatMap((piece) => {
    const [, first, last] = /^\s*(\d{1,10})(?::(\d{1,10}))?\s*$/.exec(piece) ?? [];
    if (first === undefined) return [];
    const ends = [Number(first), Number(last ?? first)];
    return [[Math.min(...ends), Math.max(...ends)] as const];
  });
}

export function countOf(ranges: UidRanges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** @param index  from 0; null beyond the last */
export function nthUid(ranges: UidRanges, index: number): number | null {
  let before = 0;
  for (const [first, last] of ranges) {
    const size = last - first + 1;
    if (index < before + size) return index < before ? null : first + index - before;
    before += size;
  }
  return null;
}
