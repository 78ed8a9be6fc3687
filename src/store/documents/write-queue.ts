interface Waiting<T> {
  value: T;
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets one write run, and at most one wait. A newer value replaces the one that waits; callers that waited for the
 * older one wait for the newer one, which includes it.
 */
export class WriteQueue<T> {
  readonly #perform: (value: T) => Promise<void>;
  readonly #merge: (older: T, newer: T) => T;
  #waiting: Waiting<T> | null = null;
  #running = false;

  constructor(perform: (value: T) => Promise<void>, merge: (older: T, newer: T) => T = (_, newer) => newer) {
    this.#perform = perform;
    this.#merge = merge;
  }

  /** Resolves when `value` or a newer one was written; rejects with the error of the write that held it. */
  write(value: T): Promise<void> {
    if (this.#waiting !== null) {
      this.#waiting.value = this.#merge(this.#waiting.value, value);
      return this.#waiting.done;
    }
    const waiting = later(value);
    this.#waiting = waiting;
    if (!this.#running) void this.#run();
    return waiting.done;
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let next = this.#waiting; next !== null; next = this.#waiting) {
      this.#waiting = null;
      await this.#perform(next.value).then(next.resolve, next.reject);
    }
    this.#running = false;
  }
}

function later<T>(value: T): Waiting<T> {
  let resolve = () => {};
  let reject: (error: unknown) => void = () => {};
  const done = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { value, done, resolve, reject };
}
