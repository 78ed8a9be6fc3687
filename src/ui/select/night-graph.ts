import { inLongerStretches, type NightPace, PACE_MARKS, type PaceMark } from '../../words/night-pace.js';

/** A night in a number of cells, each of the same time. */
export interface NightGraph {
  /** The left end of the first cell, milliseconds since the epoch. */
  readonly from: number;
  /** Milliseconds of a cell. */
  readonly cell: number;
  /** Messages a second, by cell. */
  readonly messages: readonly number[];
  readonly bytes: readonly number[];
  /** The most important mark of each cell. */
  readonly marks: readonly (PaceMark | null)[];
  /** All marks of the night. */
  readonly seen: readonly PaceMark[];
}

/** The part of a cell that must be over before its rate is shown. A rate over a moment says nothing. */
const LEAST_PART = 0.25;

/** @param cells  1 or more */
export function nightGraph(pace: NightPace, cells: number): NightGraph {
  const { from, until, stretch, messages, bytes, marks } = inLongerStretches(
    pace,
    Math.ceil(pace.messages.length / cells),
  );
  const last = messages.length - 1;
  const lastMs = Math.min(stretch, Math.max(0, until - (from + last * stretch)));
  const shown = lastMs < stretch * LEAST_PART ? last : last + 1;
  const seconds = (index: number) => (index === last ? lastMs : stretch) / 1000;
  const rates = (values: readonly number[]) => values.slice(0, shown).map((value, index) => value / seconds(index));
  const marked = new Map<number, PaceMark>();
  // The first mark of the list is the most important.
  for (const mark of PACE_MARKS.toReversed())
    for (const index of marks[mark]) if (index < shown) marked.set(index, mark);
  const all = Array.from({ length: shown }, (_, index) => marked.get(index) ?? null);
  return {
    from,
    cell: stretch,
    messages: rates(messages),
    bytes: rates(bytes),
    marks: all,
    seen: PACE_MARKS.filter((mark) => all.includes(mark)),
  };
}
