import type { Uid } from '../uid/uid.js';
import { UidSet } from '../uid/uid-set.js';
import { allCarried, type Carried } from './carried.js';
import type { Settlement, Skip } from './settlement.js';

/** The questions and changes of a UID ledger that are about messages. */
export abstract class LedgerMessages {
  protected abstract settlement: Settlement;

  /** Something was learned that no checkpoint holds. */
  protected abstract changed(): void;

  /**
   * Source UIDs became destination UIDs, one by one in order. Saying it again changes nothing.
   *
   * @throws Error  when a UID of either side is paired with another one already: that would be a double
   */
  settle(source: readonly Uid[], destination: readonly Uid[]): void {
    this.changed();
    this.settlement.pair(source, destination);
  }

  /** The destination took them and did not say under which UIDs (no UIDPLUS, RFC 4315). */
  settleUnknown(source: Iterable<Uid>): void {
    this.changed();
    this.settlement.take(UidSet.from(source));
  }

  /** The destination UIDs of messages settled before were read back. Errors as `settle`. */
  learn(source: readonly Uid[], destination: readonly Uid[]): void {
    this.settle(source, destination);
  }

  /** Leaves messages out. What is copied already stays settled as it is. @param by  BY_ENGINE, BY_DATES, or an operator */
  skip(uids: Iterable<Uid>, by: string, why: string): void {
    this.changed();
    this.settlement.skip(UidSet.from(uids), by, why);
  }

  /** Takes skips back: those messages are to be copied. */
  unskip(uids: Iterable<Uid>): void {
    this.changed();
    this.settlement.unskip(UidSet.from(uids));
  }

  /** Another source folder brought them to the destination. Messages that are settled otherwise stay as they are. */
  carry(carried: Carried): void {
    if (carried.uids.isEmpty) return;
    this.changed();
    this.settlement.carry(carried);
  }

  /** They are not there, or nobody knows: they are to be settled again. */
  uncarry(uids: UidSet): void {
    if (uids.isEmpty) return;
    this.changed();
    this.settlement.uncarry(uids);
  }

  /** They were gone at the source before they were copied. What was copied stays settled as it is. */
  vanish(uids: Iterable<Uid>): void {
    this.changed();
    this.settlement.vanish(UidSet.from(uids));
  }

  /**
   * They have an open entry in the error ledger, which remembers them: nothing of it is written here. What is
   * settled is not failed.
   */
  fail(uids: Iterable<Uid>): void {
    this.settlement.fail(UidSet.from(uids));
  }

  /** These arrived over a connection that is still open: whether the destination keeps them is to be seen on a later one. */
  arrived(uids: Iterable<Uid>): void {
    this.changed();
    this.settlement.unproven.addAll(UidSet.from(uids));
  }

  /** A later connection has shown whether the destination keeps them. */
  proven(uids: UidSet): void {
    if (uids.isEmpty) return;
    this.changed();
    this.settlement.unproven.deleteAll(uids);
  }

  /** The destination took these and did not keep them. */
  loses(uids: UidSet): void {
    if (uids.isEmpty) return;
    this.changed();
    this.settlement.lost.addAll(uids);
  }

  /** Source UIDs of messages that {@link arrived} and are not proven yet. A copy. */
  get unproven(): UidSet {
    return this.settlement.unproven.clone();
  }

  /** Source UIDs that the destination took in this run or an earlier one, and did not keep. A copy. */
  get lost(): UidSet {
    return this.settlement.lost.clone();
  }

  isSettled(source: Uid): boolean {
    return this.settlement.sources.has(source);
  }

  /** Paired, unknown, skipped, carried and vanished source UIDs. A copy (1 ms for half a million scattered ones). */
  settledSources(): UidSet {
    return this.settlement.sources.clone();
  }

  /** Destination UIDs that are ours. A copy. */
  destinationsKnown(): UidSet {
    return this.settlement.destinations.clone();
  }

  /** Settled source UIDs whose destination UID is not known. A copy. */
  get unknown(): UidSet {
    return this.settlement.unknown.clone();
  }

  /** A copy. */
  get vanished(): UidSet {
    return this.settlement.vanished.clone();
  }

  /** A copy. */
  get failed(): UidSet {
    return this.settlement.failed.clone();
  }

  /** How many of them. */
  get failures(): number {
    return this.settlement.failed.size;
  }

  /** The given source UIDs that are not settled. */
  unsettled(uids: UidSet): UidSet {
    return uids.minus(this.settlement.sources);
  }

  /** By the folder that brought them. */
  get carriedBy(): readonly Carried[] {
    return this.settlement.carried.map((one) => ({ ...one, uids: one.uids.clone() }));
  }

  /** A copy. */
  get carried(): UidSet {
    return allCarried(this.settlement.carried);
  }

  get skips(): readonly Skip[] {
    return this.settlement.skips.map((skip) => ({ ...skip, uids: skip.uids.clone() }));
  }

  /** In the order they were acknowledged, as far as that was worth keeping. */
  pairs(): Iterable<readonly [source: Uid, destination: Uid]> {
    return this.settlement.pairs;
  }

  destinationOf(source: Uid): Uid | undefined {
    return this.settlement.pairs.destinationOf(source);
  }

  sourceOf(destination: Uid): Uid | undefined {
    return this.settlement.pairs.sourceOf(destination);
  }

  /** Messages by how they stand. */
  counts(): Readonly<Record<'paired' | 'unknown' | 'skipped' | 'carried' | 'vanished' | 'failed', number>> {
    const { pairs, unknown, vanished, failed } = this.settlement;
    return {
      paired: pairs.size,
      unknown: unknown.size,
      skipped: this.settlement.skipped().size,
      carried: allCarried(this.settlement.carried).size,
      vanished: vanished.size,
      failed: failed.size,
    };
  }
}
