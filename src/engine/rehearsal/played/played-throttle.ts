import type { Instant } from '../../../protocol/entities.js';
import type { PassRefusal } from '../../../store/mailbox/pass-schema.js';
import type { Random } from '../../../words/clock.js';
import type { Throttle } from '../habits/habits.js';

/** An amount that counts as nothing: it is left over from many divisions. */
const NOTHING = 1e-6;

/** A server that throttles one account, in a played night. */
export class PlayedThrottle {
  #began: Instant | null = null;
  #left = 0;
  #closedUntil: Instant | null = null;

  constructor(
    private readonly throttle: Throttle,
    private readonly random: Random,
  ) {}

  get counts(): Throttle['counts'] {
    return this.throttle.counts;
  }

  /** Begins to count with the login of the account, unless it counts already. */
  begins(now: Instant): void {
    this.#renewAt(now);
    this.#open(now);
  }

  /** How much it serves before it refuses, and until when that counts; 0: it refuses. */
  free(now: Instant): { readonly amount: number; readonly until: Instant } {
    this.#renewAt(now);
    if (this.#closedUntil !== null) return { amount: 0, until: this.#closedUntil };
    const began = this.#open(now);
    const { since, likely } = this.throttle.renews;
    const until = since === 'first served' ? began + likely : Number.POSITIVE_INFINITY;
    return { amount: this.#left > NOTHING ? this.#left : 0, until };
  }

  takes(amount: number): void {
    this.#left -= amount;
  }

  /** Refuses the account until the throttle is renewed. */
  refuses(now: Instant): PassRefusal {
    const { renews, names, refusal } = this.throttle;
    if (this.#closedUntil === null) {
      const base = renews.since === 'refusal' ? now : (this.#began ?? now);
      this.#closedUntil = Math.max(now, base + renews.likely);
    }
    const waitSeconds = names === 'the wait' ? Math.ceil((this.#closedUntil - now) / 1000) : 0;
    return { ...refusal, waitSeconds };
  }

  #renewAt(now: Instant): void {
    const { since, likely } = this.throttle.renews;
    const isOver =
      this.#closedUntil !== null
        ? this.#closedUntil <= now
        : since === 'first served' && this.#began !== null && this.#began + likely <= now;
    if (!isOver) return;
    this.#closedUntil = null;
    this.#began = null;
  }

  #open(now: Instant): Instant {
    if (this.#began !== null) return this.#began;
    const { served } = this.throttle;
    this.#began = now;
    this.#left = served[Math.floor(this.random() * served.length)] ?? Number.POSITIVE_INFINITY;
    return now;
  }
}
