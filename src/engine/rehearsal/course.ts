import type { Instant } from '../../protocol/entities.js';
import type { Halt, Stretch } from '../../protocol/rehearsal-entity.js';
import type { Random } from '../../words/clock.js';
import type { Load } from './load.js';
import { type Costs, type Rests, workOf } from './pace.js';
import type { PlayedBudgets } from './played-budgets.js';

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
  | { readonly kind: 'done' };

/** The number of parts in which an allowance is taken, as the engine takes it chunk by chunk. */
const PARTS = 40;
/** A part of a mailbox that counts as nothing: it is left over from many divisions. */
const NOTHING = 1e-6;

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
  /** Milliseconds of work until a server asks it to rest. */
  #untilRest: number;

  constructor(
    readonly load: Load,
    private readonly costs: Costs,
    private readonly rests: Rests | null,
    private readonly random: Random,
    from: Instant,
  ) {
    this.isFirst = load.starts === 'first';
    this.notBefore = load.notBefore;
    this.since = from;
    this.#untilRest = this.#nextRest();
  }

  /** Begins with a login and the lists. */
  begins(): Phase {
    this.isFirst = false;
    this.#partOfMs = 0;
    return { left: this.costs.perStart, wants: 0 };
  }

  /** A phase is over. */
  goesOn(now: Instant, budgets: PlayedBudgets): Next {
    const { row, messages, bytes } = this.load;
    if (this.#left <= NOTHING) return { kind: 'done' };
    if (this.#untilRest <= NOTHING) return this.#asksForRest(now);
    const whole = workOf(this.costs, messages, bytes);
    if (whole <= 0) return { kind: 'done' };
    const least = budgets.least(row);
    let part = Math.min(this.#left, this.#untilRest / whole);
    if (least !== null) {
      const one = { bytes: bytes / Math.max(1, messages), messages: 1 };
      const most = Math.max(1 / Math.max(1, messages), least.bytes / PARTS / bytes, least.messages / PARTS / messages);
      part = Math.min(part, most);
      const taken = budgets.take(row, { bytes: bytes * part, messages: messages * part }, one, now);
      if (typeof taken !== 'number') return { kind: 'rests', ...taken };
      part *= taken;
    }
    this.#left = Math.max(0, this.#left - part);
    const left = whole * part;
    this.#untilRest -= left;
    this.#partOfMs = part / left;
    return { kind: 'works', phase: { left, wants: (bytes * part) / left } };
  }

  /** Settles before the end of a phase. The rest of the phase is left to be done. */
  breaksOff({ left }: Phase): void {
    if (left <= 0) return;
    this.#left = Math.min(1, this.#left + left * this.#partOfMs);
    if (this.#partOfMs > 0) this.#untilRest += left;
  }

  #asksForRest(now: Instant): Next {
    this.#untilRest = this.#nextRest();
    const lasted = this.rests?.lasted ?? [];
    const ms = lasted[Math.floor(this.random() * lasted.length)] ?? 0;
    return { kind: 'rests', until: now + ms, why: { key: 'asked to rest' } };
  }

  /** Work until the next rest. Rests come by chance, at a measured mean distance. */
  #nextRest(): number {
    return this.rests === null ? Number.POSITIVE_INFINITY : -Math.log(1 - this.random()) * this.rests.every;
  }
}
