import type { Endpoint } from '../../store/batch/batch.js';
import type { Clock } from '../../words/clock.js';
import type { Pace } from '../imap/connection/paced-connection.js';

/** Milliseconds of the rate that may move at once after a silence. */
const BURST = 100;
/** Milliseconds of the rate that one connection moves before the others have their turn. */
const TURN = 125;
const LEAST_PIECE = 512;

/**
 * The bytes a second that an endpoint may have, in both directions together. All of its connections wait in one queue,
 * a piece each, so that none of them starves.
 */
export class RateLimit implements Pace {
  /** When everything that was let through has moved, by the clock that never jumps. */
  #movedBy = 0;

  constructor(
    private readonly clock: Clock,
    private readonly bytesPerSecond: number,
  ) {}

  get piece(): number {
    return Math.max(LEAST_PIECE, Math.floor((this.bytesPerSecond * TURN) / 1000));
  }

  async take(bytes: number, signal: AbortSignal): Promise<void> {
    const now = this.clock.monotonic();
    this.#movedBy = Math.max(this.#movedBy, now - BURST) + (bytes * 1000) / this.bytesPerSecond;
    if (this.#movedBy > now) await this.clock.sleep(this.#movedBy - now, signal);
  }
}

/** The pace of an endpoint; null: its bytes are not limited. */
export function paceOf({ limits: { rate } }: Pick<Endpoint, 'limits'>, clock: Clock): Pace | null {
  return rate === null ? null : new RateLimit(clock, rate);
}
