/**
 * The floor of a destination folder while writers append: every message of ours below it is in the ledger.
 *
 * A server takes the commands of a connection in order, so a command in flight gets UIDs above the last one that its
 * own writer was given. For each writer with unanswered commands, the floor may therefore stand one above that last
 * UID. The floor is the least of these; where everything is answered, it is one above the highest UID that was given.
 *
 * A server may store a message and refuse it all the same. The next UID then leaves a gap behind the refusal, and the
 * floor stays under that gap until the folder has been read back.
 */
export class Floor {
  readonly #writers = new Map<number, { unanswered: number; last: number }>();
  #highest: number;
  /** The UID that comes next if a refusal stored nothing; null: nothing was refused since the last UID. */
  #afterRefusal: number | null = null;
  /** The first UID after a refusal that no answer named. */
  #gap = Number.POSITIVE_INFINITY;

  /** @param start the floor when the first APPEND is sent */
  constructor(private readonly start: number) {
    this.#highest = start - 1;
  }

  sent(writer: number): void {
    const state = this.#writer(writer);
    // UIDs that any writer was given before this moment are lower than those this command will be given.
    if (state.unanswered === 0) state.last = this.#highest;
    state.unanswered++;
  }

  /** @param uids  that the answer gave; null where it gave none */
  answered(writer: number, uids: readonly number[] | null): void {
    const state = this.#writer(writer);
    state.unanswered--;
    if (uids === null || uids.length === 0) return;
    const lowest = uids.reduce((a, b) => Math.min(a, b));
    const highest = uids.reduce((a, b) => Math.max(a, b));
    if (this.#afterRefusal !== null && lowest > this.#afterRefusal) this.#gap = Math.min(this.#gap, this.#afterRefusal);
    this.#afterRefusal = null;
    state.last = Math.max(state.last, highest);
    this.#highest = Math.max(this.#highest, highest);
  }

  /** The command was not answered OK. */
  refused(writer: number): void {
    this.#writer(writer).unanswered--;
    this.#afterRefusal ??= this.#highest + 1;
  }

  get value(): number {
    let least = this.#highest + 1;
    for (const { unanswered, last } of this.#writers.values()) if (unanswered > 0) least = Math.min(least, last + 1);
    return Math.max(this.start, Math.min(least, this.#gap));
  }

  #writer(writer: number): { unanswered: number; last: number } {
    let state = this.#writers.get(writer);
    if (!state) {
      state = { unanswered: 0, last: this.start - 1 };
      this.#writers.set(writer, state);
    }
    return state;
  }
}
