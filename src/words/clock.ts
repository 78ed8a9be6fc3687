/** Time, passed in, so that a night of twelve hours runs in a test in milliseconds. */
export interface Clock {
  /**
   * Milliseconds since the epoch, by the clock on the wall: for what is shown and what is written down. It may
   * jump either way at any time, so no duration comes from it.
   */
  now(): number;
  /** Milliseconds since some moment of this process: it never jumps. Every duration is the difference of two of these. */
  monotonic(): number;
  /**
   * Resolves after `ms` milliseconds, or at once when `signal` aborts (it never rejects:
   * whoever waits looks at its signal).
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A source of randomness: 0 <= x < 1. */
export type Random = () => number;

/** setTimeout fires at once for anything over 2^31 - 1 ms; longer sleeps are cut into pieces. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A sleep lasts as long as it was asked to, also where the clock of the host is set back meanwhile. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    const until = performance.now() + ms;
    for (let left = ms; left > 0 && !signal?.aborted; left = until - performance.now()) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, Math.min(left, LONGEST_TIMER));
        signal?.addEventListener('abort', done, { once: true });
      });
    }
  },
};
