import type { Uid } from '../uid/uid.js';
import { UidSet } from '../uid/uid-set.js';
import { allCarried, type Carried } from './carried.js';
import type { Settlement, Skip } from './settlement.js';

/** The questions and changes of a UID ledger that are about messages. */
export abstract class LedgerMessages {
  protected abstract settlement: Settlement;

  /** Called when something was learned that no checkpoint holds. */
  protected abstract changed(): void;

  /**
   * Pairs source UIDs with destination UIDs, one by one in order. A second call with the same pairs changes nothing.
   *
   * @throws Error  when a UID of either side is paired with another one already: that would be a double
   */
  settle(source: readonly Uid[], destination: readonly Uid[]): void {
    this.changed();
    this.settlement.pair(source, destination);
  }

  /** Settles messages that the destination took without naming their UIDs (no UIDPLUS, RFC 4315). */
  settleUnknown(source: Iterable<Uid>): void {
    this.changed();
    this.settlement.take(UidSet.from(source));
  }

  /** Learns the destination UIDs of settled messages, which were read back. Errors as for `settle`. */
  learn(source: readonly Uid[], destination: readonly Uid[]): void {
    this.settle(source, destination);
  }

  /**
   * Leaves messages out. A message that is copied already stays settled.
   *
   * @param by  BY_ENGINE, BY_DATES, or an operator
   */
  skip(uids: Iterable<Uid>, by: string, why: string): void {
    this.changed();
    this.settlement.skip(UidSet.from(uids), by, why);
  }

  /** Takes skips back: these messages are to be copied. */
  unskip(uids: Iterable<Uid>): void {
    this.changed();
    this.settlement.unskip(UidSet.from(uids));
  }

  /**
   * Notes that another source folder brought messages to the destination. Messages that are settled otherwise stay as
   * they are.
   */
  carry(carried: Carried): void {
    if (carried.uids.isEmpty) return;
    this.changed();
    this.settlement.carry(carried);
  }

  /** Opens messages again that another folder was to have brought: they are not there, or nobody knows. */
  uncarry(uids: UidSet): void {
    if (uids.isEmpty) return;
    this.changed();
    this.settlement.uncarry(uids);
  }

  /** Notes messages that were gone at the source before they were copied. A message that was copied stays settled. */
  vanish(uids: Iterable<Uid>): void {
    this.changed();
    this.settlement.vanish(UidSet.from(uids));
  }

  /**
   * Notes messages with an open entry in the error ledger. That ledger remembers them, so nothing is written here. A
   * settled message is not failed.
   */
  fail(uids: Iterable<Uid>): void {
    this.settlement.fail(UidSet.from(uids));
  }

  /**
   * Notes messages that arrived over a connection which is still open. A later connection shows whether the destination
   * keeps them.
   */
  arrived(uids: Iterable<Uid>): void {
    this.changed();
    this.settlement.unproven.addAll(UidSet.from(uids));
  }

  /** Notes messages about which a later connection has shown whether the destination keeps them. */
  proven(uids: UidSet): void {
    if (uids.isEmpty) return;
    this.changed();
    this.settlement.unproven.deleteAll(uids);
  }

  /** Notes messages that the destination took and did not keep. */
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

  /** Destination UIDs that belong to our messages. A copy. */
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

  /** The number of failed messages. */
  get failures(): number {
    return this.settlement.failed.size;
  }

  /** The given source UIDs that are not settled. */
  unsettled(uids: UidSet): UidSet {
    return uids.minus(this.settlement.sources);
  }

  /** Carried messages, by the folder that brought them. */
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

  /** Pairs in the order of their OK, as far as that order is kept. */
  pairs(): Iterable<readonly [source: Uid, destination: Uid]> {
    return this.settlement.pairs;
  }

  destinationOf(source: Uid): Uid | undefined {
    return this.settlement.pairs.destinationOf(source);
  }

  sourceOf(destination: Uid): Uid | undefined {
    return this.settlement.pairs.sourceOf(destination);
  }

  /** The number of messages in each state. */
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
