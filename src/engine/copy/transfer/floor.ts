/**
 * Where the floor may stand while writers append (recovery.md, "The floor"): under it every
 * message of ours is known to the ledger.
 *
 * A command in flight gets UIDs above the last one its own writer was given, since a server takes
 * a connection's commands in order. So the floor is the least, over writers with something
 * unanswered, of what that writer was last given plus one; with nothing unanswered it is the
 * highest given plus one.
 */
export class Floor {
  readonly #writers = new Map<number, { unanswered: number; last: number }>();
  #highest: number;

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

  /** @param highestUid the highest UID in the answer, or null where it gave none or was no OK */
  answered(writer: number, highestUid: number | null): void {
    const state = this.#writer(writer);
    state.unanswered--;
    if (highestUid === null) return;
    state.last = Math.max(state.last, highestUid);
    this.#highest = Math.max(this.#highest, highestUid);
  }

  get value(): number {
    let least = this.#highest + 1;
    for (const { unanswered, last } of this.#writers.values()) if (unanswered > 0) least = Math.min(least, last + 1);
    return Math.max(this.start, least);
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
