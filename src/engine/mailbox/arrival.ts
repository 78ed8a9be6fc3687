/** Milliseconds of work that a rate is measured over, at the least. */
const MEASURED_OVER = 3_000;

/** The bytes that were written to a connection, and those that answers prove to have arrived. */
export interface Written {
  /** Bytes that the kernel took. */
  readonly out: number;
  /** Bytes before the oldest command without an answer: these have arrived for certain. */
  readonly arrived: number;
}

/**
 * Tells how many bytes have arrived at the other end of a connection. A kernel takes megabytes at once and sends them
 * for minutes, so what it took says little. Answers say what arrived: between two of them the connection is taken to carry
 * what it carried before. Time is given, in milliseconds that never jump.
 */
export class Arrival {
  #rate: number | null = null;
  #since: { readonly at: number; readonly arrived: number } | null = null;
  #arrived = 0;
  #arrivedAt = 0;
  #told = 0;

  /** @returns about how many bytes have arrived; before anything was measured, those that the kernel took */
  look(now: number, { out, arrived }: Written): number {
    if (this.#since === null || arrived >= out) this.#since = { at: now, arrived };
    if (arrived > this.#arrived) {
      const ms = now - this.#since.at;
      if (ms >= MEASURED_OVER) {
        this.#rate = (arrived - this.#since.arrived) / ms;
        this.#since = { at: now, arrived };
      }
      this.#arrived = arrived;
      this.#arrivedAt = now;
    }
    const about = this.#rate === null ? out : this.#arrived + this.#rate * (now - this.#arrivedAt);
    this.#told = Math.max(this.#told, arrived, Math.min(out, about));
    return this.#told;
  }
}
