import type { Clock } from '../../words/clock.js';

/** Long work in slices, between which others have their turn. */
export class Slices {
  #began: number;

  /**
   * @param most  milliseconds of a slice
   * @param pause  lets others have their turn
   */
  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly most: number,
    private readonly pause: () => Promise<void>,
  ) {
    this.#began = clock.monotonic();
  }

  /** Does all steps of a piece of work. @returns what it returns */
  async through<T>(work: Generator<undefined, T>): Promise<T> {
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      if (this.clock.monotonic() - this.#began >= this.most) await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    await this.pause();
    this.#began = this.clock.monotonic();
  }
}
