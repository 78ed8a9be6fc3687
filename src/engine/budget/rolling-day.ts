import type { Instant } from '../../protocol/entities.js';
import type { Budget } from '../../store/batch/limits.js';
import type { Slot } from '../../store/budgets/spent-file.js';

/**
 * Allowances are counted over the last 24 hours, and not from one midnight to the next: no provider says when its day
 * begins, and whoever keeps to an allowance in each 24 hours keeps to it on each day, wherever that begins.
 */
export const DAY = 24 * 3_600_000;
/** Milliseconds that are counted together. */
export const SLOT = 15 * 60_000;
/** Part of the allowance that must be free before it is worth logging in again. */
const WORTH_IT = 0.25;

/** An amount of mail. */
export type Amount = Pick<Slot, 'bytes' | 'messages'>;

export const NOTHING: Amount = { bytes: 0, messages: 0 };

export const sumOf = (one: Amount, other: Amount): Amount => ({
  bytes: one.bytes + other.bytes,
  messages: one.messages + other.messages,
});

/** The slot of a moment. */
export const slotAt = (now: Instant): Instant => Math.floor(now / SLOT) * SLOT;

/** When all that was moved in a slot counts no more. */
const endsAt = ({ from }: Slot): Instant => from + SLOT + DAY;

/** The slots that count still, oldest first. One of the future was written before the clock was set back: it counts from now on. */
export function liveSlots(slots: readonly Slot[], now: Instant): readonly Slot[] {
  return slots
    .map((slot) => (slot.from > now ? { ...slot, from: slotAt(now) } : slot))
    .filter((slot) => endsAt(slot) > now)
    .sort((a, b) => a.from - b.from);
}

/** The slots with an amount more, moved now. */
export function spend(slots: readonly Slot[], amount: Amount, now: Instant): readonly Slot[] {
  const from = slotAt(now);
  const last = slots.at(-1);
  if (last?.from !== from) return [...slots, { from, ...amount }];
  return [...slots.slice(0, -1), { from, ...sumOf(last, amount) }];
}

/** The sum that counts now, in the unit of a budget. */
export function spentOf(slots: readonly Slot[], { unit }: Pick<Budget, 'unit'>, now: Instant): number {
  return liveSlots(slots, now).reduce((sum, slot) => sum + slot[unit], 0);
}

/** Whether an amount may be moved now. An amount larger than the whole allowance goes alone, when nothing counts. */
export function fits(slots: readonly Slot[], budget: Budget, amount: Amount, now: Instant): boolean {
  const spent = spentOf(slots, budget, now);
  const more = amount[budget.unit];
  return more > budget.most ? amount.messages === 1 && spent === 0 : spent + more <= budget.most;
}

/** When an amount may be moved, and enough beside it that it is worth logging in. */
export function goesOnAt(slots: readonly Slot[], budget: Budget, amount: Amount, now: Instant): Instant {
  const { unit, most } = budget;
  const live = liveSlots(slots, now);
  const bearable = amount[unit] > most ? 0 : most - Math.max(amount[unit], Math.ceil(most * WORTH_IT));
  let spent = live.reduce((sum, slot) => sum + slot[unit], 0);
  let at = now;
  for (const slot of live) {
    if (spent <= bearable) break;
    spent -= slot[unit];
    at = endsAt(slot);
  }
  return at;
}

/** Milliseconds of rests until an amount is moved whose part that fits is moved at once, from a moment on. */
export function restsFor(slots: readonly Slot[], budget: Budget, amount: Amount, from: Instant): number {
  const free = Math.max(0, budget.most - spentOf(slots, budget, from));
  const beyond = amount[budget.unit] - free;
  return beyond <= 0 ? 0 : Math.ceil(beyond / budget.most) * DAY;
}
