import type { Instant } from '../../protocol/entities.js';
import type { Halt, Stretch } from '../../protocol/rehearsal-entity.js';
import type { PassRefusal } from '../../store/mailbox/pass-schema.js';
import type { Random } from '../../words/clock.js';
import type { Chance, Habits } from './habits/habits.js';
import type { Load } from './load.js';
import { type Costs, workOf } from './pace.js';
import type { PlayedBudgets } from './played/played-budgets.js';
import { PlayedThrottle } from './played/played-throttle.js';

/** A stretch of work of a mailbox, at whose end it is decided what comes next. */
export interface Phase {
  /** Milliseconds at full speed. */
  left: number;
  /** Bytes a millisecond at full speed. */
  readonly wants: number;
}

/** The step that follows a phase. */
type Next =
  | { readonly kind: 'works'; readonly phase: Phase }
  | { readonly kind: 'rests'; readonly until: Instant; readonly why: Halt }
  | { readonly kind: 'refused'; readonly refusal: PassRefusal }
  | { readonly kind: 'done' };

/** The number of parts in which an allowance is taken, as the engine takes it chunk by chunk. */
const PARTS = 40;
/** A part of a mailbox that counts as nothing: it is left over from many divisions. */
const NOTHING = 1e-6;
/** A stretch of work is not cut shorter, in milliseconds. */
const SHORTEST = 1;

/** One mailbox on its way through a played night. */
export class Course {
  readonly stretches: Stretch[] = [];
  isFirst: boolean;
  notBefore: Instant;
  /** Why it is not at work since the last stretch. */
  halt: Halt = { key: 'turn' };
  /** When the last stretch ended. */
  since: Instant;
  /** The part of its work that is left, 0 to 1. */
  #left = 1;
  /** The part of its work that a millisecond of the present phase does. */
  #partOfMs = 0;
  /** Milliseconds of work until a refusal comes by chance. */
  #untilChance: number;
  readonly #chance: Chance | null;
  readonly #throttle: PlayedThrottle | null;

  constructor(
    readonly load: Load,
    private readonly costs: Costs,
    { throttle, chance }: Habits,
    private readonly random: Random,
    from: Instant,
  ) {
    this.isFirst = load.starts === 'first';
    this.notBefore = load.notBefore;
    this.since = from;
    this.#chance = chance;
    this.#throttle = throttle && new PlayedThrottle(throttle, random);
    this.#untilChance = this.#nextChance();
  }

  /** Messages that are settled by now. */
  get settled(): number {
    return this.load.messages * (1 - this.#left);
  }

  /** Begins with a login and the lists. */
  begins(now: Instant): Phase {
    this.#partOfMs = 0;
    this.#throttle?.begins(now);
    return { left: this.costs.perStart, wants: 0 };
  }

  /** A phase is over. */
  goesOn(now: Instant, budgets: PlayedBudgets): Next {
    const { row, messages, bytes } = this.load;
    if (this.#left <= NOTHING) return { kind: 'done' };
    if (this.#untilChance <= NOTHING) return { kind: 'refused', refusal: this.#refusedByChance() };
    const whole = workOf(this.costs, messages, bytes);
    if (whole <= 0) return { kind: 'done' };
    let part = Math.min(this.#left, this.#untilChance / whole);
    const counted = this.#throttle === null ? 0 : { messages, bytes, work: whole }[this.#throttle.counts];
    if (this.#throttle !== null && counted > 0) {
      const { amount, until } = this.#throttle.free(now);
      if (amount <= 0) return { kind: 'refused', refusal: this.#throttle.refuses(now) };
      part = Math.min(part, amount / counted, Math.max(SHORTEST, until - now) / whole);
    }
    const least = budgets.least(row);
    if (least !== null) {
      const one = { bytes: bytes / Math.max(1, messages), messages: 1 };
      const most = Math.max(1 / Math.max(1, messages), least.bytes / PARTS / bytes, least.messages / PARTS / messages);
      part = Math.min(part, most);
      const taken = budgets.take(row, { bytes: bytes * part, messages: messages * part }, one, now);
      if (typeof taken !== 'number') return { kind: 'rests', ...taken };
      part *= taken;
    }
    this.#throttle?.takes(counted * part);
    this.#left = Math.max(0, this.#left - part);
    const left = whole * part;
    this.#untilChance -= left;
    this.#partOfMs = part / left;
    return { kind: 'works', phase: { left, wants: (bytes * part) / left } };
  }

  /** Settles before the end of a phase. The rest of the phase is left to be done. */
  breaksOff({ left }: Phase): void {
    if (left <= 0) return;
    this.#left = Math.min(1, this.#left + left * this.#partOfMs);
    if (this.#partOfMs > 0) this.#untilChance += left;
  }

  #refusedByChance(): PassRefusal {
    this.#untilChance = this.#nextChance();
    const refusals = this.#chance?.refusals ?? [];
    const drawn = refusals[Math.floor(this.random() * refusals.length)];
    if (!drawn) throw new Error('unreachable: nothing is refused by chance');
    return drawn;
  }

  /** Draws how much work is done until the next refusal by chance. */
  #nextChance(): number {
    return this.#chance === null ? Number.POSITIVE_INFINITY : -Math.log(1 - this.random()) * this.#chance.every;
  }
}
