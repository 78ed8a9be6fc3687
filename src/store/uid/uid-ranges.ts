/**
 * Sorted, disjoint ranges of UIDs that never touch, in one typed array. A range takes eight bytes, so half a million
 * scattered UIDs take 4 MB. Room is left at both ends, and a change in between moves the shorter side: a retry that
 * removes from the front costs as little as a copy that adds to the end.
 */
export class UidRanges {
  #cells: Uint32Array;
  #from: number;
  #to: number;

  /**
   * @param from  the number of ranges to make room for; or ranges lo, hi, lo, hi ... in their order, which are not copied
   */
  constructor(from: number | Uint32Array = 4) {
    this.#cells = typeof from === 'number' ? new Uint32Array(from * 2) : from;
    this.#from = 0;
    this.#to = typeof from === 'number' ? 0 : from.length / 2;
  }

  get count(): number {
    return this.#to - this.#from;
  }

  lo(i: number): number {
    return this.#cells[(this.#from + i) * 2]!;
  }

  hi(i: number): number {
    return this.#cells[(this.#from + i) * 2 + 1]!;
  }

  put(i: number, lo: number, hi: number): void {
    const cell = (this.#from + i) * 2;
    this.#cells[cell] = lo;
    this.#cells[cell + 1] = hi;
  }

  push(lo: number, hi: number): void {
    if (this.#to * 2 === this.#cells.length) this.#resize(0);
    this.#to++;
    this.put(this.count - 1, lo, hi);
  }

  insert(i: number, lo: number, hi: number): void {
    if (i === this.count) {
      this.push(lo, hi);
      return;
    }
    if (i < this.count / 2) {
      if (this.#from === 0) this.#resize((this.count >>> 1) + 4);
      this.#cells.copyWithin((this.#from - 1) * 2, this.#from * 2, (this.#from + i) * 2);
      this.#from--;
    } else {
      if (this.#to * 2 === this.#cells.length) this.#resize(0);
      this.#cells.copyWithin((this.#from + i + 1) * 2, (this.#from + i) * 2, this.#to * 2);
      this.#to++;
    }
    this.put(i, lo, hi);
  }

  remove(i: number, howMany: number): void {
    if (howMany === 0) return;
    const after = this.count - i - howMany;
    if (i < after) {
      this.#cells.copyWithin((this.#from + howMany) * 2, this.#from * 2, (this.#from + i) * 2);
      this.#from += howMany;
    } else {
      this.#cells.copyWithin((this.#from + i) * 2, (this.#from + i + howMany) * 2, this.#to * 2);
      this.#to -= howMany;
    }
  }

  /**
   * The first range, from `start` on, that ends at `uid` or after; `count`: there is none. The search gallops, so
   * walking two sets side by side costs little even if one is much larger.
   */
  seek(uid: number, start = 0): number {
    let low = start;
    let step = 1;
    while (low + step <= this.count && this.hi(low + step - 1) < uid) {
      low += step;
      step *= 2;
    }
    let high = Math.min(this.count, low + step - 1);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.hi(middle) < uid) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  clone(): UidRanges {
    const copy = new UidRanges(Math.max(4, this.count));
    copy.#cells.set(this.#cells.subarray(this.#from * 2, this.#to * 2));
    copy.#to = this.count;
    return copy;
  }

  /** Makes room for half as many ranges again at the end, and for `front` at the beginning. */
  #resize(front: number): void {
    const count = this.count;
    const cells = new Uint32Array((front + count + (count >>> 1) + 4) * 2);
    cells.set(this.#cells.subarray(this.#from * 2, this.#to * 2), front * 2);
    this.#cells = cells;
    this.#from = front;
    this.#to = front + count;
  }
}
