import type { Instant } from '../../../protocol/entities.js';
import type { Clock } from '../../../words/clock.js';

/** The clock of a night that is played. The player sets it. */
export class PlayedClock implements Clock {
  readonly #from: Instant;
  #at: Instant;

  constructor(from: Instant) {
    this.#from = from;
    this.#at = from;
  }

  now(): Instant {
    return this.#at;
  }

  monotonic(): number {
    return this.#at - this.#from;
  }

  goTo(at: Instant): void {
    this.#at = Math.max(this.#at, at);
  }

  /** @throws Error  always: nothing in a played night waits by itself */
  sleep(): Promise<void> {
    throw new Error('unreachable: a played night has no sleepers');
  }
}
