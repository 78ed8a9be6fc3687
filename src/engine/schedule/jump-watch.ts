import type { Clock } from '../../words/clock.js';

/** Milliseconds. Smaller steps are ordinary corrections of a clock. */
const A_JUMP = 2000;

/**
 * The clock of an engine. Where somebody sets the clock on the wall, holders of its instants are told before anybody
 * gets the new time. They move their instants along, and no wait becomes shorter or longer.
 */
export class JumpWatch implements Clock {
  readonly #listeners = new Set<(by: number) => void>();
  /** The offset of the clock on the wall from the one that never jumps. */
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
