/** The largest part of a run that checkpoints may take. */
const LARGEST_SHARE = 0.02;

/** Milliseconds between two checkpoints while these are cheap. After a crash, the next run reads this much again. */
const SHORTEST_GAP_MS = 3_000;

/** How many of the last costs predict the next one. */
const REMEMBERED = 5;

/** The cost of a run's checkpoints so far. Instants and costs in milliseconds. */
export interface CheckpointPace {
  readonly startedAt: number;
  readonly lastAt: number;
  readonly spentMs: number;
  readonly recentMs: readonly number[];
}

export function startPace(now: number): CheckpointPace {
  return { startedAt: now, lastAt: now, spentMs: 0, recentMs: [] };
}

/** A checkpoint ended at `now` and took `costMs`. */
export function afterCheckpoint(pace: CheckpointPace, now: number, costMs: number): CheckpointPace {
  return {
    startedAt: pace.startedAt,
    lastAt: now,
    spentMs: pace.spentMs + costMs,
    recentMs: [...pace.recentMs, costMs].slice(-REMEMBERED),
  };
}

/**
 * When the next checkpoint may begin: 3 s after the last one as long as all of them, the next included,
 * stay under 2% of the run; later when they would not. A night that was cheap for hours has saved up for a
 * disk that is slow for a minute; a run that just began waits for its share. Checkpoints that something
 * depends on (the floor before the first APPEND, the last one of a folder) do not ask.
 */
export function nextCheckpointAt(pace: CheckpointPace): number {
  const expected = Math.max(0, ...pace.recentMs);
  const affordable = pace.startedAt + (pace.spentMs + expected) / LARGEST_SHARE;
  return Math.max(pace.lastAt + SHORTEST_GAP_MS, affordable);
}
