import type { Instant } from '../../protocol/entities.js';
import type { Slot } from '../../store/budgets/spent-file.js';
import type { Clock } from '../../words/clock.js';

/**
 * The time of the meters: that of the wall when the engine began, and steady from then on. A clock that is set forward
 * would renew an allowance that the server has not renewed, and the account would be locked.
 */
export class SteadyTime {
  readonly #began: Instant;
  readonly #since: number;

  constructor(private readonly clock: Clock) {
    this.#began = clock.now();
    this.#since = clock.monotonic();
  }

  now(): Instant {
    return this.#began + Math.round(this.clock.monotonic() - this.#since);
  }

  /** Milliseconds by which the clock on the wall was set forward since; negative: back. */
  get #ahead(): number {
    return this.clock.now() - this.now();
  }

  /** A moment, as the clock on the wall shows it now. */
  onTheWall(at: Instant): Instant {
    return at + this.#ahead;
  }

  /** The reverse. */
  since(wall: Instant): Instant {
    return wall - this.#ahead;
  }

  /** Slots as the next engine reads them, by the clock on the wall. */
  written(slots: readonly Slot[]): readonly Slot[] {
    return shifted(slots, this.#ahead);
  }

  /**
   * Slots of a file. It is not known whether they were written before the clock was set or after: the later of the two
   * moments counts, for an allowance must never be renewed too early.
   */
  read(slots: readonly Slot[]): readonly Slot[] {
    return shifted(slots, Math.max(0, -this.#ahead));
  }
}

const shifted = (slots: readonly Slot[], by: number): readonly Slot[] =>
  by === 0 ? slots : slots.map((slot) => ({ ...slot, from: slot.from + by }));
