import type { Rate } from '../../protocol/entities.js';

interface Sample {
  readonly at: number;
  readonly total: number;
}

/** Milliseconds that a rate is taken over. */
const WINDOW = 10_000;

/** How fast something goes: totals in, rates out. Time is given, in milliseconds that never jump. */
export class RateMeter {
  readonly #samples: Sample[] = [];

  /** @param total  so far, which only grows */
  sample(at: number, total: number): void {
    const last = this.#samples.at(-1);
    if (last && at - last.at < 250) return;
    this.#samples.push({ at, total });
    while (this.#samples.length > 2 && this.#samples[1]!.at <= at - WINDOW) this.#samples.shift();
  }

  /** A second. */
  rate(at: number): number {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (!first || !last || at - last.at > WINDOW) return 0;
    const seconds = Math.max(1, Math.min(WINDOW, at - first.at) / 1000);
    return Math.max(0, (last.total - first.total) / seconds);
  }
}

/** Buckets of a trend, and milliseconds of each. */
const BUCKETS = 60;
const BUCKET = 10_000;

/** Messages a second over the last ten minutes, one number for each 10 s. */
export class Trend {
  #buckets: number[] = [];
  #since: number;
  /** Null before the first look: what earlier runs copied is no rate of this one. */
  #before: number | null = null;

  constructor(now: number) {
    this.#since = now;
  }

  sample(at: number, messages: number): void {
    this.#before ??= messages;
    while (at - this.#since >= BUCKET) {
      this.#buckets.push(Math.max(0, (messages - this.#before) / (BUCKET / 1000)));
      this.#before = messages;
      this.#since += BUCKET;
      if (at - this.#since > BUCKETS * BUCKET) this.#since = at - BUCKETS * BUCKET;
    }
    this.#buckets = this.#buckets.slice(-BUCKETS);
  }

  get values(): readonly number[] {
    return this.#buckets;
  }
}

/** Slower than this is standing still, in messages and bytes a second. */
const STILL = { messages: 0.01, bytes: 1 } as const;

/**
 * When what is left will be done at these rates: by messages and by bytes, and between the two where both move.
 *
 * @returns null where nothing is left, or nothing moves
 */
export function etaOf(now: number, left: Rate, perSecond: Rate): number | null {
  if (left.messages <= 0) return null;
  const ends = [
    ...(perSecond.messages > STILL.messages ? [left.messages / perSecond.messages] : []),
    ...(perSecond.bytes > STILL.bytes && left.bytes > 0 ? [left.bytes / perSecond.bytes] : []),
  ];
  return ends.length === 0 ? null : now + (ends.reduce((sum, seconds) => sum + seconds, 0) / ends.length) * 1000;
}
