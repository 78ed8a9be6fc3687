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
  readonly #waiting: Waiter[] = [];

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

  release(bytes: number): void {
    this.#used -= bytes;
    this.#admit();
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next && this.#used + next.bytes <= this.total; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#used += next.bytes;
      next.go();
    }
  }
}
