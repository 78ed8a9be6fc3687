import type { Instant } from '../../../protocol/entities.js';
import type { PlanRow } from '../../../store/batch/batch.js';
import type { Budget } from '../../../store/batch/limits.js';
import type { Slot } from '../../../store/budgets/spent-file.js';
import type { AllowanceReason } from '../../../words/reason.js';
import { type AllowanceSources, type MeteredBy, metersOf } from '../../budget/metered-by.js';
import { type Amount, fits, goesOnAt, liveSlots, spend, spentOf } from '../../budget/rolling-day.js';

/** Mail that was moved in the last day, by account or endpoint, before the night begins. */
export type SpentBefore = ReadonlyMap<string, readonly Slot[]>;

/** The rest that an allowance asks for. */
interface Spent {
  readonly until: Instant;
  readonly why: AllowanceReason;
}

/** The allowances of a day as a played night uses them up, by the engine's rules and without its files. */
export class PlayedBudgets {
  readonly #slots: Map<string, readonly Slot[]>;
  readonly #metersOf = new Map<string, readonly MeteredBy[]>();

  constructor(
    private readonly sources: AllowanceSources,
    before: SpentBefore,
  ) {
    this.#slots = new Map(before);
  }

  /**
   * The least amount, of bytes and messages, that some allowance takes at a time; null: nobody counts what the account
   * moves.
   */
  least(row: PlanRow): Amount | null {
    const budgets = this.#meters(row).flatMap((meter) => meter.budgets);
    if (budgets.length === 0) return null;
    const most = (unit: Budget['unit']) =>
      Math.min(Number.POSITIVE_INFINITY, ...budgets.filter((one) => one.unit === unit).map((one) => one.most));
    return { bytes: most('bytes'), messages: most('messages') };
  }

  /**
   * Takes as much of an amount as all allowances bear now.
   *
   * @param one  a message of it, the least that is moved
   * @returns the part that was taken, 0 to 1, or the rest until more can be taken
   */
  take(row: PlanRow, amount: Amount, one: Amount, now: Instant): number | Spent {
    const meters = this.#meters(row);
    const [lacking] = meters
      .flatMap(({ side, of, budgets }) =>
        budgets
          .filter((budget) => !fits(this.#of(of), budget, one, now))
          .map((budget) => ({
            until: goesOnAt(this.#of(of), budget, one, now),
            why: { key: 'allowance', side, ...budget } as const,
          })),
      )
      .sort((a, b) => b.until - a.until);
    if (lacking) return lacking;
    const free = meters.flatMap(({ of, budgets }) =>
      budgets.map((budget) => partThatFits(this.#of(of), budget, amount, one, now)),
    );
    const part = Math.min(1, ...free);
    const taken = { bytes: amount.bytes * part, messages: amount.messages * part };
    for (const { of } of meters) this.#slots.set(of, spend(liveSlots(this.#of(of), now), taken, now));
    return part;
  }

  #of(meter: string): readonly Slot[] {
    return this.#slots.get(meter) ?? [];
  }

  #meters(row: PlanRow): readonly MeteredBy[] {
    const known = this.#metersOf.get(row.id);
    if (known) return known;
    const meters = metersOf(this.sources, row);
    this.#metersOf.set(row.id, meters);
    return meters;
  }
}

/**
 * The part of an amount that fits, at least one message. A message may be larger than the whole allowance, and then
 * goes alone.
 */
function partThatFits(slots: readonly Slot[], budget: Budget, amount: Amount, one: Amount, now: Instant): number {
  const wanted = amount[budget.unit];
  if (wanted === 0) return 1;
  const free = budget.most - spentOf(slots, budget, now);
  return Math.min(1, Math.max(free, one[budget.unit]) / wanted);
}
