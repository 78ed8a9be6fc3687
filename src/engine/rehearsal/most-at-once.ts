import type { Instant } from '../../protocol/entities.js';

interface Span {
  readonly from: Instant;
  readonly to: Instant;
  /** How many go on throughout. */
  readonly many: number;
}

/** The most that went on at once. One that begins when another ends is not at once with it. */
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
