/** Index of the first element whose number is not below `wanted`; `length` when all are. */
export function firstAtLeast<T>(sorted: readonly T[], numberOf: (item: T) => number, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numberOf(sorted[middle]!) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
