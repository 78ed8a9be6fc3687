import type { Clock } from '../../src/words/clock.js';

/** Turns of the event loop in which nothing moves, after which time goes on. A byte needs one turn from end to end. */
const QUIET_TURNS = 30;
/** Turns without anything to wait for, after which it is said that nothing can happen any more. */
const STUCK_TURNS = 20_000;
/** No night of a test is longer. */
const LONGEST_NIGHT = 4 * 24 * 3_600_000;

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/**
 * Time that goes on by itself, and only when nothing else moves: no byte on a line, no file being
 * written. Twelve hours of waiting are as many turns as there are sleepers in them.
 */
export class NightClock implements Clock {
  readonly began = Date.UTC(2026, 0, 15, 22, 0, 0);
  /** Milliseconds of the night so far, that never jump. */
  #passed = 0;
  /** How far the clock on the wall was set forward; negative: back. */
  #jumped = 0;
  #moved = 0;
  readonly #sleepers = new Set<Sleeper>();

  now(): number {
    return this.began + this.#passed + this.#jumped;
  }

  monotonic(): number {
    return this.#passed;
  }

  /** Somebody sets the clock on the wall. @param ms  forward; negative: back */
  jump(ms: number): void {
    this.#jumped += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.#moved++;
    if (ms <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        this.#moved++;
        resolve();
      };
      const sleeper: Sleeper = { until: this.#passed + ms, wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  /** Something happened that time must not run past. */
  moved(): void {
    this.#moved++;
  }

  /**
   * Lets time go on until the promise settles.
   *
   * @throws Error when nothing can happen any more, or the night never ends
   */
  async until<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = promise.finally(() => {
      settled = true;
    });
    done.catch(() => {});
    let quiet = 0;
    let seen = this.#moved;
    while (!settled) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#moved !== seen) {
        seen = this.#moved;
        quiet = 0;
      } else if (++quiet >= QUIET_TURNS) {
        if (filesAreBusy()) quiet = 0;
        else if (this.#sleepers.size > 0) this.#goOn();
        else if (quiet > STUCK_TURNS)
          throw new Error(
            `nothing can happen any more, and it has not ended (${process.getActiveResourcesInfo().join(' ')})`,
          );
      }
    }
    return done;
  }

  /** Resolves after so much time of the night. */
  passes(ms: number): Promise<void> {
    return this.until(this.sleep(ms));
  }

  #goOn(): void {
    let next = Number.POSITIVE_INFINITY;
    for (const { until } of this.#sleepers) next = Math.min(next, until);
    if (next > LONGEST_NIGHT) throw new Error('this night does not end');
    this.#passed = Math.max(this.#passed, next);
    for (const sleeper of [...this.#sleepers]) if (sleeper.until <= this.#passed) sleeper.wake();
  }
}

/** Requests to the disk are answered from outside of this loop: they are waited for. */
function filesAreBusy(): boolean {
  return process.getActiveResourcesInfo().some((kind) => kind.startsWith('FSReq') || kind === 'CloseReq');
}
