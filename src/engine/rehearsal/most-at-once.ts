import type { Instant } from '../../protocol/entities.js';

interface Span {
  readonly from: Instant;
  readonly to: Instant;
  /** So many of something, from the first moment to the last. */
  readonly many: number;
}

/** The most that there were at one moment. One span that begins as another ends does not overlap it. */
export function mostAtOnce(spans: readonly Span[]): number {
  const edges = spans.flatMap(({ from, to, many }) => [
    { at: from, by: many },
    { at: to, by: -many },
  ]);
  let [now, most] = [0, 0];
  for (const { by } of edges.sort((a, b) => a.at - b.at || a.by - b.by)) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
