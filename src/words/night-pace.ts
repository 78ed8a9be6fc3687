/**
 * Faults and standstills that a stretch of a night is marked with. `dropped`, `throttled` and `held` happened in it; in the
 * others it was so for some of it: a server was left alone, the window was closed, all mailboxes rested, the batch was
 * paused, or no engine ran.
 */
export const PACE_MARKS = [
  'dropped',
  'throttled',
  'held',
  'left alone',
  'window closed',
  'resting',
  'paused',
  'no engine',
] as const;
export type PaceMark = (typeof PACE_MARKS)[number];

/** The pace of a batch since it began, in stretches of the same length. */
export interface NightPace {
  /** When the first stretch began, in milliseconds since the epoch. */
  readonly from: number;
  /** Until when it is known. */
  readonly until: number;
  /** Milliseconds of a stretch. */
  readonly stretch: number;
  /** Copied in each stretch, oldest first; the last one may not be over. */
  readonly messages: readonly number[];
  /** Moved on the wire in each stretch. */
  readonly bytes: readonly number[];
  /** Indices of the stretches with this mark, rising. */
  readonly marks: Readonly<Record<PaceMark, readonly number[]>>;
}

/** The same with a value for each mark. */
export function forEachMark<T>(of: (mark: PaceMark) => T): Record<PaceMark, T> {
  return Object.fromEntries(PACE_MARKS.map((mark) => [mark, of(mark)])) as Record<PaceMark, T>;
}

/** The same night in stretches that are so many times as long. @param many  1 or more */
export function inLongerStretches(pace: NightPace, many: number): NightPace {
  const { from, until, stretch, messages, bytes, marks } = pace;
  if (many <= 1) return pace;
  return {
    from,
    until,
    stretch: stretch * many,
    messages: sums(messages, many),
    bytes: sums(bytes, many),
    marks: forEachMark((mark) => [...new Set(marks[mark].map((index) => Math.floor(index / many)))]),
  };
}

function sums(values: readonly number[], many: number): readonly number[] {
  return Array.from({ length: Math.ceil(values.length / many) }, (_, index) =>
    values.slice(index * many, (index + 1) * many).reduce((sum, value) => sum + value, 0),
  );
}
