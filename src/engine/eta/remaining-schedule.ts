import type { SchedulerRules } from '../schedule/scheduler.js';

/** A mailbox with work that is left. Times are in milliseconds, from now. */
export type Remaining = {
  readonly work: number;
  /** It rests for so long in between, and holds no place meanwhile. */
  readonly rests: number;
} /** It holds one of the places. */ & (
  | { readonly kind: 'at work' }
  /** `again`: it comes back, and has the first right to a place. `first`: first starts are staggered. */
  | { readonly kind: 'again' | 'first'; readonly notBefore: number }
);

export interface Remains {
  /** In the order in which they start. */
  readonly mailboxes: readonly Remaining[];
  readonly rules: SchedulerRules;
  /** The next first start is not before then. */
  readonly nextFirst: number;
}

/**
 * Goes through the rest of a batch as the scheduler will: so many at once, those that come back first, first starts
 * apart. A last large mailbox, or a last late start, says when it is over, and not the sum of what is left.
 *
 * @returns milliseconds from now until the last one is done; 0 where nothing is left
 */
export function endOfSchedule({ mailboxes, rules, nextFirst }: Remains): number {
  const places = new Places(rules.concurrency);
  const gap = ((rules.stagger.min + rules.stagger.max) / 2) * 1000;
  let last = 0;
  const runs = (start: number, { work, rests }: Remaining) => {
    places.take(start + work);
    last = Math.max(last, start + work + rests);
  };
  for (const one of mailboxes) if (one.kind === 'at work') runs(0, one);
  const waiting = mailboxes.filter((one) => one.kind !== 'at work');
  const again = waiting.filter(({ kind }) => kind === 'again').toSorted((a, b) => a.notBefore - b.notBefore);
  const first = waiting.filter(({ kind }) => kind === 'first');
  let next = Math.max(0, nextFirst);
  let at = 0;
  for (const one of first) {
    let start = Math.max(next, one.notBefore, places.free);
    // Mailboxes that come back meanwhile go before it.
    for (; at < again.length && again[at]!.notBefore <= start; at++) {
      runs(Math.max(again[at]!.notBefore, places.free), again[at]!);
      start = Math.max(start, places.free);
    }
    runs(start, one);
    next = start + gap;
  }
  for (const one of again.slice(at)) runs(Math.max(one.notBefore, places.free), one);
  return last;
}

/** When places become free: a heap of instants, no more of them than there are places. */
class Places {
  readonly #ends: number[] = [];

  constructor(private readonly most: number) {}

  /** When the next place is free. */
  get free(): number {
    return this.#ends.length < this.most ? 0 : this.#ends[0]!;
  }

  /** The place that is free first is taken until then. */
  take(until: number): void {
    const ends = this.#ends;
    if (ends.length >= this.most) {
      ends[0] = until;
      this.#sink();
      return;
    }
    let at = ends.push(until) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (ends[above]! <= ends[at]!) break;
      [ends[above], ends[at]] = [ends[at]!, ends[above]!];
      at = above;
    }
  }

  #sink(): void {
    const ends = this.#ends;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const least = left + 1 < ends.length && ends[left + 1]! < ends[left]! ? left + 1 : left;
      if (least >= ends.length || ends[at]! <= ends[least]!) return;
      [ends[at], ends[least]] = [ends[least]!, ends[at]!];
      at = least;
    }
  }
}
