import type { Uid } from '../uid/uid.js';
import { UidPairs } from '../uid/uid-pairs.js';
import type { PairRun, PairsText } from '../uid/uid-pairs-text.js';
import { UidSet } from '../uid/uid-set.js';
import { allCarried, type Carried, withCarried, withoutCarried } from './carried.js';

/** Source UIDs that are left out on purpose. */
export interface Skip {
  /** The author: `engine`, or the name of the operator. */
  readonly by: string;
  readonly why: string;
  readonly uids: UidSet;
}

/** The author of a skip that no operator ordered. */
export const BY_ENGINE = 'engine';
/** The author of skips of messages that are outside of the dates of a batch. */
export const BY_DATES = 'engine, by date';

/**
 * Whether an operator decided the skip. Other skips follow from the options of a batch, and the engine finds them anew.
 */
export const isByOperator = (by: string) => by !== BY_ENGINE && by !== BY_DATES;

/**
 * The state of each source message of a folder, in memory. A UID is settled in one way at most, in this order of
 * strength: paired, unknown, skipped, carried, vanished. A failed message is not settled.
 */
export class Settlement {
  readonly pairs = new UidPairs();
  /** Messages that the destination took without naming their UIDs (no UIDPLUS). */
  readonly unknown = new UidSet();
  readonly vanished = new UidSet();
  readonly failed = new UidSet();
  readonly skips: Skip[] = [];
  /** Messages that another source folder brought to the destination. */
  carried: readonly Carried[] = [];
  /** Stored messages that a later connection has yet to see. */
  readonly unproven = new UidSet();
  /** Messages that were stored once and not kept. They may have been stored again since. */
  readonly lost = new UidSet();
  /** All settled source UIDs. */
  readonly sources = new UidSet();
  /** All destination UIDs of pairs. */
  readonly destinations = new UidSet();

  /**
   * Pairs source UIDs with destination UIDs, one by one in order. A second call with the same pairs changes nothing.
   *
   * @throws Error  when a UID of either side is paired with another one already: that would be a double
   */
  pair(source: readonly Uid[], destination: readonly Uid[]): void {
    if (source.length !== destination.length) {
      throw new RangeError(`${source.length} source UIDs and ${destination.length} destination UIDs`);
    }
    for (let i = 0; i < source.length; i++) {
      const uid = source[i]!;
      if (!this.#isNew(uid, destination[i]!)) continue;
      this.pairs.append(uid, destination[i]!);
      this.destinations.add(destination[i]!);
      if (!this.sources.add(uid)) this.#forget(uid);
      if (this.failed.size > 0) this.failed.delete(uid);
    }
  }

  /** Restores pairs in bulk. They were written by us and are known to be sound. */
  restore(text: PairsText): void {
    this.pairs.appendText(text);
    this.sources.addAll(UidSet.parse(text.source));
    this.destinations.addAll(UidSet.parse(text.destination));
  }

  /** Settles messages that the destination took without naming their UIDs. A paired message stays paired. */
  take(uids: UidSet): void {
    const taken = uids.minus(this.sources);
    const stronger = uids.minus(taken).intersect(this.#weak());
    for (const uid of stronger) this.#forget(uid);
    taken.addAll(stronger);
    this.#settle(this.unknown, taken);
  }

  /** Settles messages that another source folder brought. Messages that are settled otherwise stay so. */
  carry({ uids, ...by }: Carried): void {
    const gone = uids.intersect(this.vanished);
    this.vanished.deleteAll(gone);
    const left = uids.minus(this.sources).union(gone);
    this.carried = withCarried(this.carried, { ...by, uids: left });
    this.sources.addAll(left);
    this.failed.deleteAll(left);
  }

  /** Opens messages again that are not where another folder brought them. */
  uncarry(uids: UidSet): void {
    this.sources.deleteAll(allCarried(this.carried).intersect(uids));
    this.carried = withoutCarried(this.carried, uids);
  }

  /** Settles messages that the source no longer had. A message that was copied stays settled as it is. */
  vanish(uids: UidSet): void {
    this.#settle(this.vanished, uids.minus(this.sources));
  }

  /** Leaves messages out. A message that was copied stays settled as it is. */
  skip(uids: UidSet, by: string, why: string): void {
    const left = uids.minus(this.sources);
    if (left.isEmpty) return;
    let skip = this.skips.find((known) => known.by === by && known.why === why);
    if (skip === undefined) {
      skip = { by, why, uids: new UidSet() };
      this.skips.push(skip);
    }
    this.#settle(skip.uids, left);
  }

  unskip(uids: UidSet): void {
    for (const skip of this.skips) {
      const back = skip.uids.intersect(uids);
      skip.uids.deleteAll(back);
      this.sources.deleteAll(back);
    }
    this.#dropEmptySkips();
  }

  /** Notes messages that are in the error ledger. A settled message is not failed. */
  fail(uids: UidSet): void {
    this.failed.addAll(uids.minus(this.sources));
  }

  /**
   * The part that stays true when the destination's folder was made anew: skips of operators, carried messages, and
   * failures.
   */
  withoutDestination(): Settlement {
    const rest = new Settlement();
    for (const { by, why, uids } of this.skips) if (isByOperator(by)) rest.skip(uids, by, why);
    for (const carried of this.carried) rest.carry(carried);
    rest.fail(this.failed);
    return rest;
  }

  /** The same settlement without these source UIDs, which are to be settled again. */
  without(uids: UidSet): Settlement {
    const rest = new Settlement();
    for (const { source, destination, length } of this.pairs.slice()) {
      for (const [lo, hi] of UidSet.range(source, source + length - 1)
        .minus(uids)
        .ranges())
        rest.#pairRun({ source: lo, destination: destination + lo - source, length: hi - lo + 1 });
    }
    rest.take(this.unknown.minus(uids));
    for (const skip of this.skips) rest.skip(skip.uids.minus(uids), skip.by, skip.why);
    for (const carried of this.carried) rest.carry({ ...carried, uids: carried.uids.minus(uids) });
    rest.vanish(this.vanished.minus(uids));
    rest.fail(this.failed);
    // These messages may be settled again at once, under another UID.
    rest.unproven.addAll(this.unproven);
    rest.lost.addAll(this.lost);
    return rest;
  }

  skipped(): UidSet {
    const all = new UidSet();
    for (const skip of this.skips) all.addAll(skip.uids);
    return all;
  }

  #isNew(source: Uid, destination: Uid): boolean {
    if (!this.sources.has(source) && !this.destinations.has(destination)) return true;
    const before = this.pairs.destinationOf(source);
    if (before === destination) return false;
    if (before !== undefined) {
      throw new Error(`source UID ${source} is at destination UID ${before}; at ${destination} it would be double`);
    }
    if (!this.destinations.has(destination)) return true;
    const other = this.pairs.sourceOf(destination);
    throw new Error(`destination UID ${destination} is source UID ${other}; it cannot be ${source} too`);
  }

  #pairRun(run: PairRun): void {
    this.pairs.appendRun(run);
    this.sources.addRange(run.source, run.source + run.length - 1);
    this.destinations.addRange(run.destination, run.destination + run.length - 1);
  }

  #settle(as: UidSet, uids: UidSet): void {
    as.addAll(uids);
    this.sources.addAll(uids);
    this.failed.deleteAll(uids);
  }

  #weak(): UidSet {
    return this.vanished.union(this.skipped()).union(allCarried(this.carried));
  }

  /** Forgets a UID that is now settled in a stronger way. */
  #forget(uid: Uid): void {
    if (this.unknown.delete(uid) || this.vanished.delete(uid)) return;
    if (this.carried.length > 0) this.carried = withoutCarried(this.carried, UidSet.from([uid]));
    for (const skip of this.skips) skip.uids.delete(uid);
    this.#dropEmptySkips();
  }

  #dropEmptySkips(): void {
    for (let i = this.skips.length - 1; i >= 0; i--) if (this.skips[i]!.uids.isEmpty) this.skips.splice(i, 1);
  }
}
