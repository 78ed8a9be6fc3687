const LEAST = 1024;
/** The part of the slots that may be taken before the table grows. Above it, a look-up takes many steps. */
const FULL = 0.6;

/**
 * Numbers the messages of an account by X-GM-MSGID, from 0. Ids are unsigned 64-bit numbers: as doubles two of them
 * would be one. Half a million of them are 12 MB here, and 60 MB in a Map.
 */
export class MessageNumbers {
  #ids = new BigUint64Array(LEAST);
  #numbers = new Uint32Array(LEAST);
  #size = 0;

  /** The number of messages. */
  get size(): number {
    return this.#size;
  }

  /** The number of a message; a new one where it was not seen before. @param id  above 0 */
  numberOf(id: bigint): number {
    const slot = this.#slotOf(id);
    if (this.#ids[slot] === id) return this.#numbers[slot]!;
    const number = this.#size++;
    this.#ids[slot] = id;
    this.#numbers[slot] = number;
    if (this.#size > this.#ids.length * FULL) this.#grow();
    return number;
  }

  /** The slot of an id, or the free slot for it. */
  #slotOf(id: bigint): number {
    const mask = this.#ids.length - 1;
    const low = Number(BigInt.asUintN(32, id));
    const high = Number(id >> 32n);
    let slot = (Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) >>> 0) & mask;
    while (this.#ids[slot] !== 0n && this.#ids[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [ids, numbers] = [this.#ids, this.#numbers];
    this.#ids = new BigUint64Array(ids.length * 2);
    this.#numbers = new Uint32Array(ids.length * 2);
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at]!;
      if (id === 0n) continue;
      const slot = this.#slotOf(id);
      this.#ids[slot] = id;
      this.#numbers[slot] = numbers[at]!;
    }
  }
}
