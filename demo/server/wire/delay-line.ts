import type { Clock } from '../../../src/words/clock.js';

/**
 * Delivers what is put in after a fixed time, in order. Many things are under way at once, as on a
 * long line: the delay costs time and no throughput.
 */
export class DelayLine<T> {
  #underWay: { readonly due: number; readonly item: T }[] = [];
  #moving = false;

  constructor(
    private readonly clock: Clock,
    /** Milliseconds; 0 delivers at once, in the same turn. */
    private readonly ms: number,
    private readonly deliver: (item: T) => void,
    private readonly signal: AbortSignal,
  ) {}

  put(item: T): void {
    if (this.ms <= 0) this.deliver(item);
    else {
      this.#underWay.push({ due: this.clock.now() + this.ms, item });
      if (!this.#moving) void this.#move();
    }
  }

  async #move(): Promise<void> {
    this.#moving = true;
    while (this.#underWay.length > 0 && !this.signal.aborted) {
      const wait = this.#underWay[0]!.due - this.clock.now();
      if (wait > 0) await this.clock.sleep(wait, this.signal);
      const now = this.clock.now();
      const arrived = this.#underWay.findIndex((each) => each.due > now);
      for (const { item } of this.#underWay.splice(0, arrived < 0 ? this.#underWay.length : arrived))
        this.deliver(item);
    }
    this.#moving = false;
  }
}
