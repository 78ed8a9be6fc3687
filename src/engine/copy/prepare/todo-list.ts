import { UidSet } from '../../../store/uid/uid-set.js';
import type { Todo } from '../transfer/chunks.js';

/**
 * Messages to be copied, in ascending order of UID, in columns: half a million of them take 8 MB, where objects would
 * take 30.
 */
export class TodoList implements Iterable<Todo> {
  #uids = new Uint32Array(256);
  #sizes = new Float64Array(256);
  #length = 0;

  static from(messages: Iterable<Todo>): TodoList {
    const list = new TodoList();
    for (const { uid, size } of messages) list.push(uid, size);
    return list.sort();
  }

  /** The messages whose UID passes the test. */
  where(isMeant: (uid: number) => boolean): TodoList {
    const list = new TodoList();
    for (let i = 0; i < this.#length; i++) if (isMeant(this.#uids[i]!)) list.push(this.#uids[i]!, this.#sizes[i]!);
    return list.sort();
  }

  get length(): number {
    return this.#length;
  }

  /** RFC822.SIZE of a message, by its UID; 0 where it is not known. Needs the list in order. */
  sizeOf(uid: number): number {
    const at = this.#find(uid);
    return at < 0 ? 0 : this.#sizes[at]!;
  }

  /** Needs the list in order. */
  has(uid: number): boolean {
    return this.#find(uid) >= 0;
  }

  #find(uid: number): number {
    let from = 0;
    let to = this.#length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#uids[middle]! < uid) from = middle + 1;
      else to = middle;
    }
    return from < this.#length && this.#uids[from] === uid ? from : -1;
  }

  push(uid: number, size: number): void {
    if (this.#length === this.#uids.length) {
      const uids = new Uint32Array(this.#length * 2);
      const sizes = new Float64Array(this.#length * 2);
      uids.set(this.#uids);
      sizes.set(this.#sizes);
      this.#uids = uids;
      this.#sizes = sizes;
    }
    this.#uids[this.#length] = uid;
    this.#sizes[this.#length++] = size;
  }

  /**
   * Sorts by UID. A server answers one FETCH in order, but several FETCHes may come in any. A UID that was told twice
   * becomes one entry, or the message would be copied twice.
   */
  sort(): this {
    if (this.#isInOrder()) return this;
    const inOrder = [...this].sort((a, b) => a.uid - b.uid);
    this.#length = 0;
    for (const { uid, size } of inOrder) {
      if (this.#length === 0 || this.#uids[this.#length - 1] !== uid) this.push(uid, size);
      else this.#sizes[this.#length - 1] = Math.max(size, this.#sizes[this.#length - 1]!);
    }
    return this;
  }

  *[Symbol.iterator](): Generator<Todo> {
    for (let i = 0; i < this.#length; i++) yield { uid: this.#uids[i]!, size: this.#sizes[i]! };
  }

  #isInOrder(): boolean {
    for (let i = 1; i < this.#length; i++) if (this.#uids[i]! <= this.#uids[i - 1]!) return false;
    return true;
  }
}

/** UIDs of these messages. */
export function uidsOf(messages: Iterable<Todo>): UidSet {
  const uids = new UidSet();
  for (const { uid } of messages) uids.add(uid);
  return uids;
}

/** Their sizes together. */
export function bytesOf(messages: Iterable<Todo>): number {
  let sum = 0;
  for (const { size } of messages) sum += size;
  return sum;
}
