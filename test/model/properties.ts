import type { UidLedger } from '../../src/store/ledger/uid-ledger.js';
import { UidSet } from '../../src/store/uid/uid-set.js';
import type { World } from './world.js';

/** A property of the model was broken. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** Laws that hold at every step and at the end. */
export class Properties {
  /** Source UIDs that were settled and may not be forgotten: in memory, and on the disk. */
  #settled = new UidSet();
  #saved = new UidSet();
  /** The first property that broke. `check` throws it, because steps run inside the program's own calls. */
  #broken: Broken | null = null;

  constructor(private readonly world: World) {}

  step(ledger: UidLedger): void {
    if (this.#broken) return;
    this.#pairsAreEqual(ledger);
    if (this.world.lateCommits === 'within the standstill') this.#floorHolds(ledger);
  }

  prepared(ledger: UidLedger): void {
    this.step(ledger);
  }

  attemptEnded(ledger: UidLedger): void {
    this.step(ledger);
    const now = ledger.settledSources();
    const lost = this.#settled.minus(now);
    if (!lost.isEmpty) this.#break(`${lost} was settled and is not any more`);
    this.#settled = now;
  }

  saved(settled: UidSet): void {
    this.#saved = settled;
  }

  reopened(ledger: UidLedger): void {
    const lost = this.#saved.minus(ledger.settledSources());
    if (!lost.isEmpty) this.#break(`${lost} was settled on the disk and is not any more`);
    this.#settled = ledger.settledSources();
  }

  /** Checks the end of the last undisturbed run.  @throws Broken */
  end(ledger: UidLedger, doubles: ReadonlySet<number>): void {
    this.step(ledger);
    this.#nothingIsMissing(ledger, doubles);
    this.#nothingIsThereTwice(ledger, doubles);
    this.check();
  }

  /** @throws Broken */
  check(): void {
    if (this.#broken) throw this.#broken;
  }

  #pairsAreEqual(ledger: UidLedger): void {
    const { source, destination } = this.world;
    for (const [from, to] of ledger.pairs()) {
      const theirs = destination.find(to);
      const mine = source.keyOf(from);
      if (theirs?.key !== mine) this.#break(`source ${from} is paired with ${to}, which is another message`);
    }
  }

  /** Below the floor, every message of ours is in the ledger, or its source message does not matter any more. */
  #floorHolds(ledger: UidLedger): void {
    const { source, destination } = this.world;
    for (const { uid, origin } of destination.messages) {
      if (origin === null || uid >= ledger.floor || ledger.sourceOf(uid) !== undefined) continue;
      if (ledger.isSettled(origin) || !source.find(origin)) continue;
      this.#break(`${uid} is a copy of source ${origin}, below the floor ${ledger.floor}, and not in the ledger`);
    }
  }

  /**
   * Every message of the source has a copy of its own, and still has it when the operator has removed the entered
   * doubles.
   */
  #nothingIsMissing(ledger: UidLedger, doubles: ReadonlySet<number>): void {
    const { source, destination } = this.world;
    const there = new Map<string, number>();
    for (const { key, uid } of destination.messages) if (!doubles.has(uid)) there.set(key, (there.get(key) ?? 0) + 1);
    for (const { uid, key, mail } of source.messages) {
      const left = there.get(key) ?? 0;
      if (left > 0) there.set(key, left - 1);
      else if (!mail.refused) this.#break(`source ${uid} has no message of its own at the destination`);
      if (!ledger.isSettled(uid) && !(mail.refused && ledger.failed.has(uid)))
        this.#break(`source ${uid} is not settled`);
    }
  }

  /** Of no content there are more copies by us than the source ever had, apart from entered doubles. */
  #nothingIsThereTwice(ledger: UidLedger, doubles: ReadonlySet<number>): void {
    const { source, destination, lateCommits } = this.world;
    const ours = new Map<string, number>();
    for (const { key, origin, uid } of destination.messages) {
      if (doubles.has(uid) && ledger.sourceOf(uid) !== undefined)
        this.#break(`${uid} is in the ledger and entered as a double`);
      if (origin !== null && !doubles.has(uid)) ours.set(key, (ours.get(key) ?? 0) + 1);
    }
    for (const [key, count] of ours) {
      const most = source.everHeld(key);
      // A late double of a message that has meanwhile vanished cannot be told from a stranger: docs/limits.md.
      const isGone = source.messages.filter((message) => message.key === key).length < most;
      if (lateCommits === 'whenever' && isGone) continue;
      if (count > most) this.#break(`${count} copies of a message that the source has ${most} times`);
    }
  }

  #break(what: string): void {
    this.#broken ??= new Broken(what);
  }
}
