import type { SchedulerRules } from '../schedule/scheduler.js';

/** A mailbox with work that is left. Times are in milliseconds from now. */
export type Remaining =
  /** It holds one of the places. */
  | { readonly kind: 'at work'; readonly work: number }
  /** It comes back, not before then, and has the first right to a place. */
  | { readonly kind: 'again'; readonly notBefore: number; readonly work: number }
  /** It was never started: first starts are staggered. */
  | { readonly kind: 'first'; readonly notBefore: number; readonly work: number };

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
  const ends = (at: number) => {
    places.take(at);
    last = Math.max(last, at);
  };
  for (const one of mailboxes) if (one.kind === 'at work') ends(one.work);
  const again = mailboxes.filter((one) => one.kind === 'again').toSorted((a, b) => a.notBefore - b.notBefore);
  const first = mailboxes.filter((one) => one.kind === 'first');
  let next = Math.max(0, nextFirst);
  let at = 0;
  for (const one of first) {
    let start = Math.max(next, one.notBefore, places.free);
    // Those that come back meanwhile go before it.
    for (; at < again.length && again[at]!.notBefore <= start; at++) {
      const { notBefore, work } = again[at]!;
      ends(Math.max(notBefore, places.free) + work);
      start = Math.max(start, places.free);
    }
    ends(start + one.work);
    next = start + gap;
  }
  for (const { notBefore, work } of again.slice(at)) ends(Math.max(notBefore, places.free) + work);
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
