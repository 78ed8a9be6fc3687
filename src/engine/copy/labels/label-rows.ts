/** A folder's messages, by UID in ascending order, each with its number: two columns, 8 bytes a row. */
export class LabelRows {
  #uids = new Uint32Array(64);
  #numbers = new Uint32Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  uidAt(at: number): number {
    return this.#uids[at]!;
  }

  numberAt(at: number): number {
    return this.#numbers[at]!;
  }

  /** Index of a UID; under 0 where there is no row of it. */
  find(uid: number): number {
    const at = this.#atLeast(uid);
    return at < this.#length && this.#uids[at] === uid ? at : -1;
  }

  /** A UID that has a row keeps it: servers answer in order, and may tell of a message twice. */
  add(uid: number, number: number): void {
    const at = this.#length > 0 && this.#uids[this.#length - 1]! >= uid ? this.#atLeast(uid) : this.#length;
    if (at < this.#length && this.#uids[at] === uid) return;
    if (this.#length === this.#uids.length) this.#resize(this.#length * 2);
    this.#uids.copyWithin(at + 1, at, this.#length);
    this.#numbers.copyWithin(at + 1, at, this.#length);
    this.#uids[at] = uid;
    this.#numbers[at] = number;
    this.#length++;
  }

  /** Frees the room that no row needs. */
  trim(): void {
    this.#resize(Math.max(1, this.#length));
  }

  #atLeast(uid: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#uids[middle]! < uid) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #resize(length: number): void {
    const [uids, numbers] = [new Uint32Array(length), new Uint32Array(length)];
    uids.set(this.#uids.subarray(0, this.#length));
    numbers.set(this.#numbers.subarray(0, this.#length));
    this.#uids = uids;
    this.#numbers = numbers;
  }
}
