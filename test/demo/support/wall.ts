import type { WallClock } from '../../../demo/night/story-clock.js';

/** A wall clock that a test turns. */
export class Wall implements WallClock {
  at = 0;
  readonly #turns: (() => void)[] = [];
  readonly #waiting: { readonly due: number; readonly then: () => void }[] = [];

  now = () => this.at;

  after(ms: number, then: () => void): void {
    this.#waiting.push({ due: this.at + ms, then });
  }

  /** Lets the time pass in steps of a millisecond, with callbacks when they are due. */
  async passes(ms: number): Promise<void> {
    for (const end = this.at + ms; this.at < end; ) {
      this.at += 1;
      await this.#callsBack();
    }
  }

  /** Nobody is called for so long, as on a machine that is busy. */
  async stallsFor(ms: number): Promise<void> {
    this.at += ms;
    await this.#callsBack();
  }

  later(then: () => void): void {
    this.#turns.push(then);
  }

  /** The work of this turn has run. */
  turnEnds(): void {
    for (const then of this.#turns.splice(0)) then();
  }

  get timers(): number {
    return this.#waiting.length;
  }

  async #callsBack(): Promise<void> {
    this.turnEnds();
    const due = this.#waiting.filter((one) => one.due <= this.at);
    for (const one of due) this.#waiting.splice(this.#waiting.indexOf(one), 1);
    for (const one of due) one.then();
    for (let turn = 0; turn < 3; turn++) await Promise.resolve();
  }
}
