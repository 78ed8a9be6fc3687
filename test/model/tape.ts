/** The choices of a schedule, one byte each. At its end nothing disturbs any more: all choices are 0. */
export class Tape {
  #at = 0;
  constructor(private readonly bytes: readonly number[]) {}

  next(): number {
    return this.bytes[this.#at++] ?? 0;
  }

  get isSpent(): boolean {
    return this.#at >= this.bytes.length;
  }

  /** The rest is not played. */
  stop(): void {
    this.#at = this.bytes.length;
  }
}
