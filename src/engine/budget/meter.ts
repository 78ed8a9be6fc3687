import type { Instant } from '../../protocol/entities.js';
import type { Budget } from '../../store/batch/limits.js';
import type { Slot, SpentFile } from '../../store/budgets/spent-file.js';
import {
  type Amount,
  fits,
  goesOnAt,
  liveSlots,
  NOTHING,
  restsFor,
  slotAt,
  spend,
  spentOf,
  sumOf,
} from './rolling-day.js';
import type { SteadyTime } from './steady-time.js';

/** An allowance is written down ahead in steps of this part: after a kill so much of it counts as spent that may not be. */
const AHEAD = 20;

/** An allowance that is used up, and when it is worth going on. */
export interface UsedUp {
  readonly budget: Budget;
  readonly until: Instant;
}

/**
 * Counts what is moved of one account, or over one endpoint, against its budgets. An amount is on the disk before it
 * is moved, so that no kill makes more of an allowance than it is.
 */
export class Meter {
  #own: readonly Slot[];
  #others: readonly Slot[];
  /** Counted on the disk, and not moved yet. */
  #ahead: Amount = NOTHING;
  /** The slot in which the disk counts it. */
  #writtenIn: Instant | null = null;

  /** @throws BadInput, DiskTrouble */
  static async open(file: SpentFile, budgets: readonly Budget[], time: SteadyTime): Promise<Meter> {
    const [own, others] = await Promise.all([file.own(), file.others()]);
    // Slots of the future are of now from here on: looked at again and again they would never grow old.
    const [ours, theirs] = [own, others].map((slots) => liveSlots(time.read(slots), time.now()));
    return new Meter(file, budgets, time, ours!, theirs!);
  }

  private constructor(
    private readonly file: SpentFile,
    private readonly budgets: readonly Budget[],
    private readonly time: SteadyTime,
    own: readonly Slot[],
    others: readonly Slot[],
  ) {
    this.#own = own;
    this.#others = others;
  }

  /** The allowance that an amount does not fit into now; null: it fits. The one that lasts longest. */
  lacks(amount: Amount): UsedUp | null {
    const now = this.time.now();
    const all = this.#all;
    const usedUp = this.budgets
      .filter((budget) => !fits(all, budget, amount, now))
      .map((budget) => ({ budget, until: this.time.onTheWall(goesOnAt(all, budget, amount, now)) }));
    return usedUp.sort((a, b) => b.until - a.until)[0] ?? null;
  }

  /**
   * Takes an amount that fits, and resolves when that is on the disk.
   *
   * @returns the allowance that another batch used up meanwhile; null: it may be moved
   * @throws BadInput, DiskTrouble
   */
  async take(amount: Amount): Promise<UsedUp | null> {
    const now = this.time.now();
    this.#count(amount, now);
    const isNoted = this.#writtenIn === slotAt(now) && this.budgets.every(({ unit }) => this.#ahead[unit] >= 0);
    if (isNoted) return null;
    this.#ahead = this.#step();
    await this.#write(now);
    // Written first, read then: of two engines at least one sees the other.
    this.#others = liveSlots(this.time.read(await this.file.others()), now);
    const over = this.#overdrawn(amount, now);
    if (over) this.giveBack(amount);
    return over;
  }

  /** Takes back what was taken and is not moved. */
  giveBack({ bytes, messages }: Amount): void {
    const now = this.time.now();
    const last = this.#own.at(-1);
    if (!last) return;
    const left = { ...last, bytes: Math.max(0, last.bytes - bytes), messages: Math.max(0, last.messages - messages) };
    this.#own = liveSlots([...this.#own.slice(0, -1), left], now);
    this.#ahead = sumOf(this.#ahead, { bytes, messages });
  }

  /** Counts what was moved beyond what was taken: a server may give more than it listed. */
  also(amount: Amount): void {
    this.#count(amount, this.time.now());
  }

  /** Writes down what was moved, and nothing ahead. @throws DiskTrouble */
  async settle(): Promise<void> {
    if (this.#writtenIn === null) return;
    this.#ahead = NOTHING;
    await this.#write(this.time.now());
  }

  /** Milliseconds of rests until so much is moved, from a moment on. @param from  by the clock on the wall */
  restsFor(amount: Amount, from: Instant): number {
    const all = this.#all;
    const at = this.time.since(from);
    return Math.max(0, ...this.budgets.map((budget) => restsFor(all, budget, amount, at)));
  }

  #count(amount: Amount, now: Instant): void {
    this.#own = spend(liveSlots(this.#own, now), amount, now);
    this.#ahead = less(this.#ahead, amount);
  }

  /** Of this batch and of the others. */
  get #all(): readonly Slot[] {
    return [...this.#own, ...this.#others];
  }

  #overdrawn(amount: Amount, now: Instant): UsedUp | null {
    const all = this.#all;
    const over = this.budgets.find((budget) => spentOf(all, budget, now) > Math.max(budget.most, amount[budget.unit]));
    return over ? { budget: over, until: this.time.onTheWall(goesOnAt(all, over, amount, now)) } : null;
  }

  async #write(now: Instant): Promise<void> {
    this.#writtenIn = slotAt(now);
    const ahead = { bytes: Math.max(0, this.#ahead.bytes), messages: Math.max(0, this.#ahead.messages) };
    await this.file.write(this.time.written(spend(liveSlots(this.#own, now), ahead, now)));
  }

  #step(): Amount {
    const most = (unit: Budget['unit']) =>
      Math.min(...this.budgets.filter((budget) => budget.unit === unit).map((budget) => budget.most));
    const step = (unit: Budget['unit']) => (Number.isFinite(most(unit)) ? Math.ceil(most(unit) / AHEAD) : 0);
    return { bytes: step('bytes'), messages: step('messages') };
  }
}

const less = (one: Amount, other: Amount): Amount => ({
  bytes: one.bytes - other.bytes,
  messages: one.messages - other.messages,
});
