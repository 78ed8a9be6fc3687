import { createHash } from 'node:crypto';
import type { Uid } from '../../../store/uid/uid.js';
import type { Glimpse } from './matching.js';
import { tierKey } from './matching.js';

/** 32-bit words of a key's digest that are kept. With 96 bits, no two of a million keys are equal by chance. */
const WORDS = 3;

/**
 * Messages of both sides by Message-ID, size and date, in columns: half a million of them take 16 MB, where objects
 * would take 150. A key that occurs once on each side is a pair.
 */
export class IdTable {
  #capacity = 1024;
  #size = 0;
  #digests = new Uint32Array(this.#capacity * WORDS);
  #there = new Float64Array(this.#capacity);
  #mine = new Float64Array(this.#capacity);

  /** Adds a message of the destination.  @returns false where it has no such key */
  addThere(message: Glimpse): boolean {
    const digest = digestOf(message);
    if (!digest) return false;
    if (this.#size * 2 >= this.#capacity) this.#grow();
    const at = this.#find(digest);
    if (this.#there[at] === 0) {
      this.#digests.set(digest, at * WORDS);
      this.#size++;
      this.#there[at] = message.uid;
    } else {
      this.#there[at] = TIED;
    }
    return true;
  }

  /** Adds a message of the source, after all of the destination were added. */
  addMine(message: Glimpse): void {
    const digest = digestOf(message);
    if (!digest) return;
    const at = this.#find(digest);
    if (this.#there[at] === 0) return;
    this.#mine[at] = this.#mine[at] === 0 ? message.uid : TIED;
  }

  /** Source and destination UIDs of keys that occur once on each side, in no order. */
  *pairs(): Generator<readonly [source: Uid, destination: Uid]> {
    for (let at = 0; at < this.#capacity; at++) {
      const [mine, there] = [this.#mine[at]!, this.#there[at]!];
      if (mine > 0 && there > 0) yield [mine, there];
    }
  }

  /** Index of a digest, or of the free slot for it. */
  #find(digest: Uint32Array): number {
    for (let at = digest[0]! % this.#capacity; ; at = (at + 1) % this.#capacity) {
      if (this.#there[at] === 0) return at;
      let same = true;
      for (let word = 0; word < WORDS && same; word++) same = this.#digests[at * WORDS + word] === digest[word];
      if (same) return at;
    }
  }

  #grow(): void {
    const [digests, there, before] = [this.#digests, this.#there, this.#capacity];
    this.#capacity *= 2;
    this.#digests = new Uint32Array(this.#capacity * WORDS);
    this.#there = new Float64Array(this.#capacity);
    this.#mine = new Float64Array(this.#capacity);
    for (let from = 0; from < before; from++) {
      if (there[from] === 0) continue;
      const digest = digests.subarray(from * WORDS, (from + 1) * WORDS);
      const at = this.#find(digest);
      this.#digests.set(digest, at * WORDS);
      this.#there[at] = there[from]!;
    }
  }
}

/** Marks a key that two messages share: only their content can tell them apart. */
const TIED = -1;

function digestOf(message: Glimpse): Uint32Array | null {
  const key = tierKey('id, size and date', message);
  if (key === null) return null;
  const bytes = createHash('sha256').update(key).digest();
  return new Uint32Array(bytes.buffer, bytes.byteOffset, WORDS);
}
