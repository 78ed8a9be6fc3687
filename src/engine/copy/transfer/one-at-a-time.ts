/** Does one piece of work after the other, in the order they come. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  /** @returns what the work comes to, when those before it are over, however they ended */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => {});
    return done;
  }
}
