/**
 * Finds bodies of a folder that have the same length and the same header. They are true copies, or the server gave one
 * message for two UIDs. 500,000 bodies take 4 MB of memory; a false match costs one comparison of headers.
 */
export class Twins {
  #keys = new Uint32Array(1024);
  #size = 0;

  /**
   * @param length   of the body, in bytes
   * @param headHash 32 bits of its header
   * @returns whether a body like it was added before
   */
  add(length: number, headHash: number): boolean {
    if (this.#size * 2 >= this.#keys.length) this.#grow();
    return this.#put(mixed(Math.imul(length, 0x9e3779b1) ^ headHash) || 1);
  }

  #put(key: number): boolean {
    const { length } = this.#keys;
    let at = key & (length - 1);
    for (; this.#keys[at] !== 0; at = (at + 1) & (length - 1)) if (this.#keys[at] === key) return true;
    this.#keys[at] = key;
    this.#size++;
    return false;
  }

  #grow(): void {
    const before = this.#keys;
    this.#keys = new Uint32Array(before.length * 2);
    this.#size = 0;
    for (const key of before) if (key !== 0) this.#put(key);
  }
}

/** The finalizer of MurmurHash3: neighbours end up far apart. */
function mixed(key: number): number {
  let hash = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
