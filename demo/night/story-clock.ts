import type { Clock } from '../../src/words/clock.js';

/** The clock on the wall, passed in. */
export interface WallClock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Calls back once, after so many milliseconds at the earliest. */
  after(ms: number, then: () => void): void;
  /** Calls back when what runs now has run. */
  later(then: () => void): void;
}

export const wallClock: WallClock = {
  now: () => performance.now(),
  after: (ms, then) => {
    setTimeout(then, ms);
  },
  later: (then) => {
    setImmediate(then);
  },
};

/**
 * The part of the time at work that counts: little, for where a second is minutes of the story, a slow machine would be
 * late for what it says; and not nothing, or time would stand on one so busy that a process there never rests.
 */
const WORK_COUNTS = 1 / 20;

/** The wall almost without the time in which this process, servers and program together, was at work. */
export const idleClock: WallClock = {
  ...wallClock,
  now: () => {
    const { idle, active } = performance.eventLoopUtilization();
    return idle + active * WORK_COUNTS;
  },
};

/**
 * Milliseconds of the wall that count at most between two looks. A machine that stalls for a second must not
 * find the story minutes further on, with answers overdue that nobody was given the time to read.
 */
const LONGEST_STEP = 50;
/** So often it looks at the wall while somebody sleeps, in milliseconds. */
const LOOK_EVERY = 20;

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/**
 * The time of a story: it runs so many times faster than the wall, and the factor may change as it goes. In one turn
 * of the event loop it stands still, or a millisecond of thinking would be seconds between two looks at it.
 */
export class StoryClock implements Clock {
  #now: number;
  #seen: number;
  #stands = false;
  /** When the wall will be looked at next, by the wall. */
  #armedFor = Number.POSITIVE_INFINITY;
  readonly #sleepers = new Set<Sleeper>();

  /**
   * @param began  where the story begins, milliseconds since the epoch
   * @param factor milliseconds of the story in one of the wall, asked at each look
   */
  constructor(
    began: number,
    private readonly factor: () => number,
    private readonly wall: WallClock = wallClock,
  ) {
    this.#now = began;
    this.#seen = wall.now();
  }

  /** A property: clocks are handed on as `clock.now`. */
  readonly now = (): number => {
    if (this.#stands) return this.#now;
    this.#stands = true;
    this.wall.later(() => {
      this.#stands = false;
    });
    const seen = this.wall.now();
    this.#now += Math.min(LONGEST_STEP, seen - this.#seen) * this.factor();
    this.#seen = seen;
    return this.#now;
  };

  /** Nobody sets the clock of a story. */
  readonly monotonic = (): number => this.now();

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { until: this.now() + ms, wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
      this.#arm();
    });
  }

  /** An earlier look than the one agreed on is agreed on beside it; of the later one nothing comes. */
  #arm(): void {
    let next = Number.POSITIVE_INFINITY;
    for (const { until } of this.#sleepers) next = Math.min(next, until);
    if (next === Number.POSITIVE_INFINITY) return;
    const wait = Math.max(1, Math.min(LOOK_EVERY, Math.ceil((next - this.#now) / this.factor())));
    const at = this.wall.now() + wait;
    if (at >= this.#armedFor) return;
    this.#armedFor = at;
    this.wall.after(wait, () => {
      if (this.#armedFor !== at) return;
      this.#armedFor = Number.POSITIVE_INFINITY;
      this.#look();
      this.#arm();
    });
  }

  /** Wakes whose time has come, the earliest first. */
  #look(): void {
    const now = this.now();
    const due = [...this.#sleepers].filter(({ until }) => until <= now).sort((a, b) => a.until - b.until);
    for (const { wake } of due) wake();
  }
}
