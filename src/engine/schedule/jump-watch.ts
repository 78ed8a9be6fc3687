import type { Clock } from '../../words/clock.js';

/** Milliseconds: by less than this a clock is set right all the time. */
const A_JUMP = 2000;

/**
 * The clock of an engine. Where somebody sets the clock on the wall, all who keep instants of it are told before
 * the new time is given to anybody: they move what they keep along, and no wait becomes shorter or longer.
 */
export class JumpWatch implements Clock {
  readonly #listeners = new Set<(by: number) => void>();
  /** The clock on the wall, by the one that never jumps. */
  #offset: number;

  constructor(private readonly clock: Clock) {
    this.#offset = clock.now() - clock.monotonic();
  }

  /** @param listener told how far the clock was set, in milliseconds; negative: back */
  onJump(listener: (by: number) => void): void {
    this.#listeners.add(listener);
  }

  now(): number {
    const now = this.clock.now();
    const by = now - this.clock.monotonic() - this.#offset;
    if (Math.abs(by) < A_JUMP) return now;
    this.#offset += by;
    for (const listener of this.#listeners) listener(by);
    return now;
  }

  monotonic(): number {
    return this.clock.monotonic();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.clock.sleep(ms, signal);
  }
}
