import { checkUid, type Uid } from './uid.js';
import { intersect, minus, union } from './uid-algebra.js';
import { UidRanges } from './uid-ranges.js';
import { formatRange, measureRanges, parseRanges } from './uid-text.js';

const NO_RANGES = new UidRanges();

/** Bytes of the longest range: ten digits twice, and a colon. */
const LONGEST_RANGE = 21;

/**
 * A set of UIDs, kept as sorted ranges and read and written as an IMAP sequence set. UIDs added in
 * ascending order cost O(1) each, `has` O(log n) in ranges. A UID out of range is a RangeError.
 */
export class UidSet implements Iterable<Uid> {
  /** The set is kept as text until it is looked into: of a million UIDs on the disk, few are asked for one by one. */
  #held: UidRanges | string = NO_RANGES;
  #size = 0;
  /** Whether another set has the same ranges. They are copied before the first change. */
  #shared = true;

  /** @throws BadInput  when `text` is no sequence set (RFC 3501, section 9; `*` is not taken) */
  static parse(text: string): UidSet {
    const set = new UidSet();
    const size = measureRanges(text);
    if (size !== null) return set.#hold(text, size);
    const flat = parseRanges(text);
    for (let i = 0; i < flat.length; i += 2) set.addRange(flat[i]!, flat[i + 1]!);
    return set;
  }

  /** A set of UIDs in any order, with repetitions. Sorted UIDs cost nothing extra. */
  static from(uids: Iterable<Uid>): UidSet {
    if (uids instanceof UidSet) return uids.clone();
    const set = new UidSet();
    const late: Uid[] = [];
    for (const uid of uids) {
      checkUid(uid);
      if (uid >= set.#last()) set.add(uid);
      else late.push(uid);
    }
    if (late.length === 0) return set;
    const rest = new UidSet();
    for (const uid of Uint32Array.from(late).sort()) rest.add(uid);
    return set.union(rest);
  }

  static range(lo: Uid, hi: Uid): UidSet {
    const set = new UidSet();
    set.addRange(lo, hi);
    return set;
  }

  /** The number of UIDs. */
  get size(): number {
    return this.#size;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** The number of ranges, which decides the cost in memory and on disk. */
  get runs(): number {
    return this.#ranges.count;
  }

  get first(): Uid | undefined {
    return this.#size === 0 ? undefined : this.#ranges.lo(0);
  }

  get last(): Uid | undefined {
    return this.#size === 0 ? undefined : this.#last();
  }

  has(uid: Uid): boolean {
    const i = this.#ranges.seek(uid);
    return i < this.#ranges.count && this.#ranges.lo(i) <= uid;
  }

  /** @returns whether the UID was new */
  add(uid: Uid): boolean {
    return this.addRange(uid, uid) > 0;
  }

  /**
   * Adds lo to hi, both included.
   *
   * @returns how many of them were new
   */
  addRange(lo: Uid, hi: Uid): number {
    checkUid(lo);
    checkUid(hi);
    if (lo > hi) throw new RangeError(`${lo}:${hi} runs backwards`);
    const ranges = this.#toChange();
    const before = this.#size;
    const at = this.#last() < lo - 1 ? ranges.count : ranges.seek(lo - 1);
    let to = at;
    let known = 0;
    for (; to < ranges.count && ranges.lo(to) <= hi + 1; to++) known += ranges.hi(to) - ranges.lo(to) + 1;
    if (to === at) ranges.insert(at, lo, hi);
    else {
      ranges.put(at, Math.min(lo, ranges.lo(at)), Math.max(hi, ranges.hi(to - 1)));
      ranges.remove(at + 1, to - at - 1);
    }
    this.#size += ranges.hi(at) - ranges.lo(at) + 1 - known;
    return this.#size - before;
  }

  /** @returns whether the UID was in the set */
  delete(uid: Uid): boolean {
    return this.deleteRange(uid, uid) > 0;
  }

  /** @returns how many UIDs were in the set */
  deleteRange(lo: Uid, hi: Uid): number {
    if (this.#size === 0) return 0;
    const ranges = this.#toChange();
    const at = ranges.seek(lo);
    let to = at;
    let gone = 0;
    for (; to < ranges.count && ranges.lo(to) <= hi; to++) {
      gone += Math.min(hi, ranges.hi(to)) - Math.max(lo, ranges.lo(to)) + 1;
    }
    if (gone === 0) return 0;
    const left = ranges.lo(at);
    const right = ranges.hi(to - 1);
    ranges.remove(at, to - at);
    if (right > hi) ranges.insert(at, hi + 1, right);
    if (left < lo) ranges.insert(at, left, lo - 1);
    this.#size -= gone;
    return gone;
  }

  addAll(other: UidSet): void {
    if (this.#size === 0) this.#share(other);
    else if (this.#rebuildsFor(other)) this.#become(union(this.#ranges, other.#ranges));
    else for (const [lo, hi] of other.ranges()) this.addRange(lo, hi);
  }

  deleteAll(other: UidSet): void {
    if (this.#rebuildsFor(other)) this.#become(minus(this.#ranges, other.#ranges));
    else for (const [lo, hi] of other.ranges()) this.deleteRange(lo, hi);
  }

  union(other: UidSet): UidSet {
    return new UidSet().#become(union(this.#ranges, other.#ranges));
  }

  minus(other: UidSet): UidSet {
    return new UidSet().#become(minus(this.#ranges, other.#ranges));
  }

  intersect(other: UidSet): UidSet {
    return new UidSet().#become(intersect(this.#ranges, other.#ranges));
  }

  equals(other: UidSet): boolean {
    if (this.size !== other.size || this.runs !== other.runs) return false;
    for (let i = 0; i < this.runs; i++) {
      if (this.#ranges.lo(i) !== other.#ranges.lo(i) || this.#ranges.hi(i) !== other.#ranges.hi(i)) return false;
    }
    return true;
  }

  clone(): UidSet {
    const copy = new UidSet();
    copy.#share(this);
    return copy;
  }

  /** The ranges, ascending, neither touching nor overlapping. */
  *ranges(): Generator<readonly [lo: Uid, hi: Uid]> {
    for (let i = 0; i < this.#ranges.count; i++) yield [this.#ranges.lo(i), this.#ranges.hi(i)];
  }

  *[Symbol.iterator](): Generator<Uid> {
    for (const [lo, hi] of this.ranges()) for (let uid = lo; uid <= hi; uid++) yield uid;
  }

  /** Cut into sets of at most `most` UIDs, ascending. */
  *chunks(most: number): Generator<UidSet> {
    if (!(most >= 1)) throw new RangeError(`chunks of ${most} UIDs`);
    let chunk = new UidSet();
    for (let [lo, hi] of this.ranges()) {
      while (lo <= hi) {
        const to = Math.min(hi, lo + (most - chunk.size) - 1);
        chunk.addRange(lo, to);
        lo = to + 1;
        if (chunk.size === most) {
          yield chunk;
          chunk = new UidSet();
        }
      }
    }
    if (chunk.size > 0) yield chunk;
  }

  /** Written as sequence sets of at most `most` bytes each: servers refuse command lines over 8 KB (RFC 7162, section 4). */
  strings(most: number): string[] {
    if (!(most >= LONGEST_RANGE)) throw new RangeError(`a range of UIDs needs ${LONGEST_RANGE} bytes, not ${most}`);
    if (typeof this.#held === 'string' && this.#size > 0 && this.#held.length <= most) return [this.#held];
    const lines: string[] = [];
    let parts: string[] = [];
    let length = 0;
    for (const [lo, hi] of this.ranges()) {
      const part = formatRange(lo, hi);
      if (parts.length > 0 && length + 1 + part.length > most) {
        lines.push(parts.join(','));
        parts = [];
        length = 0;
      }
      length += part.length + (parts.length > 0 ? 1 : 0);
      parts.push(part);
    }
    if (parts.length > 0) lines.push(parts.join(','));
    return lines;
  }

  /** As an IMAP sequence set; the empty set is the empty text. */
  toString(): string {
    if (typeof this.#held === 'string') return this.#held;
    const parts: string[] = [];
    for (const [lo, hi] of this.ranges()) parts.push(formatRange(lo, hi));
    return parts.join(',');
  }

  toJSON(): string {
    return this.toString();
  }

  /** Whether a linear merge is cheaper than moving this set's ranges once for each range of the other. */
  #rebuildsFor(other: UidSet): boolean {
    if (other.isEmpty) return false;
    const behind = this.runs - this.#ranges.seek(other.first!);
    const before = this.#ranges.seek(other.last!);
    return other.runs * Math.min(behind, before) > 64 + 4 * this.runs;
  }

  #last(): number {
    return this.#ranges.count === 0 ? -1 : this.#ranges.hi(this.#ranges.count - 1);
  }

  get #ranges(): UidRanges {
    if (typeof this.#held === 'string') {
      this.#held = new UidRanges(parseRanges(this.#held));
      this.#shared = false;
    }
    return this.#held;
  }

  #become(ranges: UidRanges): this {
    let size = 0;
    for (let i = 0; i < ranges.count; i++) size += ranges.hi(i) - ranges.lo(i) + 1;
    this.#hold(ranges, size);
    this.#shared = false;
    return this;
  }

  /** Takes ranges that also belong to another set, until one of the two changes. */
  #hold(held: UidRanges | string, size: number): this {
    this.#held = held;
    this.#size = size;
    this.#shared = true;
    return this;
  }

  /** Becomes equal to the other set without a copy. The first of the two that changes makes one. */
  #share(other: UidSet): void {
    other.#shared = true;
    this.#hold(other.#held, other.#size);
  }

  #toChange(): UidRanges {
    const ranges = this.#ranges;
    if (!this.#shared) return ranges;
    const own = ranges.clone();
    this.#held = own;
    this.#shared = false;
    return own;
  }
}

/** Characters of a set of UIDs in a text. */
const LONGEST_IN_TEXT = 700;

/** A set for a text, shortened where it is long. */
export function uidsInText(uids: UidSet): string {
  const [text = ''] = uids.strings(LONGEST_IN_TEXT);
  return text.length < uids.toString().length ? `${text} and more` : text;
}
