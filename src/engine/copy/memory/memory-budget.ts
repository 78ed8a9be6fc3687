interface Waiter {
  readonly bytes: number;
  readonly go: () => void;
}

/**
 * Bytes of message data that may be in memory at once, over all workers or in one mailbox.
 * First come, first served, so that a large message is not passed by small ones for ever.
 */
export class MemoryBudget {
  #used = 0;
  #leaving = 0;
  readonly #waiting: Waiter[] = [];
  readonly #easing: (() => void)[] = [];

  /** @param total bytes; a message larger than that is let through alone */
  constructor(readonly total: number) {}

  get used(): number {
    return this.#used;
  }

  /**
   * Waits until there is room.
   *
   * @param bytes  what the caller will hold; give back the number this resolves to
   * @param signal lets go of the place in the queue; the promise rejects with its reason
   */
  async reserve(bytes: number, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    const taken = Math.min(bytes, this.total);
    if (this.#waiting.length === 0 && this.#used + taken <= this.total) {
      this.#used += taken;
      return taken;
    }
    await new Promise<void>((resolve, reject) => {
      const waiter: Waiter = {
        bytes: taken,
        go: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason);
        this.#admit();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
    });
    return taken;
  }

  /** Takes more without waiting: it is on its way already. Nobody else is admitted until there is room again. */
  grow(bytes: number): void {
    this.#used += bytes;
  }

  /** So much of what is taken will be given back by what needs no more reading. */
  leaves(bytes: number): void {
    this.#leaving += bytes;
  }

  /** @param left how much of it was told to {@link leaves} */
  release(bytes: number, left = 0): void {
    this.#used -= bytes;
    this.#leaving -= left;
    this.#admit();
    for (const ease of this.#easing.splice(0)) ease();
  }

  /**
   * Resolves when there is room again, or nothing is left that would make any: whoever reads on its behalf
   * must go on then, for what was read ahead is waited for.
   *
   * @returns null where nothing is to be waited for
   */
  eased(): Promise<void> | null {
    return this.#isTight ? this.#waitForEase() : null;
  }

  get #isTight(): boolean {
    return this.#used > this.total && this.#leaving > 0;
  }

  async #waitForEase(): Promise<void> {
    while (this.#isTight) await new Promise<void>((resolve) => this.#easing.push(resolve));
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next && this.#used + next.bytes <= this.total; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#used += next.bytes;
      next.go();
    }
  }
}
