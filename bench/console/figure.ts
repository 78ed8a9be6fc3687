/** One measured figure beside what it must stay under. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly under: number;
  readonly unit: string;
}

/** @param share 0 < share <= 1: the value that so many of them do not exceed */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
