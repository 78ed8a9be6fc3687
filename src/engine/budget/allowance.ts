import type { Side } from '../../words/side.js';
import type { BodyMeter } from '../imap/commands/desk.js';
import { AllowanceSpent } from './allowance-spent.js';
import type { Meter, UsedUp } from './meter.js';
import { type Amount, sumOf } from './rolling-day.js';

/** A meter that a mailbox is counted by. */
export interface Metered {
  readonly side: Side;
  readonly meter: Meter;
}

/** How many of some messages may be moved now, and why no more. */
export interface Allowed {
  readonly messages: number;
  /** Null: all of them may. */
  readonly spent: AllowanceSpent | null;
}

/** The allowances that concern one mailbox, on both sides. */
export class Allowance implements BodyMeter {
  readonly #source: readonly Metered[];

  constructor(private readonly meters: readonly Metered[]) {
    this.#source = meters.filter(({ side }) => side === 'source');
  }

  /** Reading counts at the source alone. */
  get #reading(): Allowance {
    return this.#source.length === this.meters.length ? this : new Allowance(this.#source);
  }

  /** The allowance that leaves no room for any message; null: there is room. Nobody need log in to learn that. */
  get spent(): AllowanceSpent | null {
    return this.#lacking({ bytes: 1, messages: 1 });
  }

  /**
   * Takes as many of these messages, from the first on, as all allowances bear.
   *
   * @param sizes  in bytes
   * @throws BadInput, DiskTrouble
   */
  async take(sizes: readonly number[]): Promise<Allowed> {
    let messages = sizes.length;
    while (messages > 0 && this.#lacking(amountOf(sizes.slice(0, messages))) !== null) messages--;
    const amount = amountOf(sizes.slice(0, messages));
    const taken: Meter[] = [];
    for (const { side, meter } of messages === 0 ? [] : this.meters) {
      const over = await meter.take(amount);
      if (over) {
        for (const one of taken) one.giveBack(amount);
        return { messages: 0, spent: spentBy(side, over) };
      }
      taken.push(meter);
    }
    // It waits for the message that does not fit.
    const spent = messages < sizes.length ? this.#lacking(amountOf(sizes.slice(messages, messages + 1))) : null;
    return { messages, spent };
  }

  /** Takes messages that are read to be compared, all or none. @throws AllowanceSpent, BadInput, DiskTrouble */
  async expects(sizes: readonly number[]): Promise<() => void> {
    const { messages, spent } = await this.#reading.take(sizes);
    const taken = sizes.slice(0, messages);
    if (spent) {
      this.counted(taken);
      throw spent;
    }
    return () => this.counted(taken);
  }

  /** Bodies came, whoever asked for them. Their sizes may be others than those that were listed. */
  came(sizes: readonly number[]): void {
    for (const { meter } of this.#source) meter.also(amountOf(sizes));
  }

  /** Gives back the charge for messages that were charged before they were read: `came` has counted them now. */
  counted(sizes: readonly number[]): void {
    for (const { meter } of this.#source) meter.giveBack(amountOf(sizes));
  }

  /** @throws DiskTrouble */
  async settle(): Promise<void> {
    await Promise.all(this.meters.map(({ meter }) => meter.settle()));
  }

  restsFor(amount: Amount, from: number): number {
    return Math.max(0, ...this.meters.map(({ meter }) => meter.restsFor(amount, from)));
  }

  #lacking(amount: Amount): AllowanceSpent | null {
    const lacking = this.meters.flatMap(({ side, meter }) => {
      const usedUp = meter.lacks(amount);
      return usedUp ? [spentBy(side, usedUp)] : [];
    });
    return lacking.sort((a, b) => b.until - a.until)[0] ?? null;
  }
}

function spentBy(side: Side, { budget, until }: UsedUp): AllowanceSpent {
  return new AllowanceSpent({ key: 'allowance', side, ...budget }, until);
}

const amountOf = (sizes: readonly number[]): Amount =>
  sizes.reduce((sum, bytes) => sumOf(sum, { bytes, messages: 1 }), { bytes: 0, messages: 0 });
