import { type EndpointKey, OWN } from '../../store/batch/endpoints.js';
import type { Random } from '../../words/clock.js';
import type { Side } from '../../words/side.js';

/** A mailbox as the scheduler sees it. */
export interface Waiting {
  readonly id: string;
  /** Whether the mailbox was never started. Only first starts are staggered. */
  readonly first: boolean;
  /** The mailbox does not start before this instant, in ms since the epoch. */
  readonly notBefore: number;
  /** The keys of its source and destination. First starts are staggered at each source. */
  readonly ends: Readonly<Record<Side, EndpointKey>>;
}

/** When the next first pass may start, by the key of its source; 0 where none has. */
export type NextFirst = ReadonlyMap<EndpointKey, number>;

export interface SchedulerRules {
  /** Seconds between two first starts at one source. */
  readonly stagger: { readonly min: number; readonly max: number };
  readonly concurrency: number;
}

/** The mailboxes that start now, and when to look again. */
export interface Decision {
  readonly start: readonly string[];
  /** Milliseconds since the epoch; null: only when something ends. */
  readonly wakeAt: number | null;
  readonly nextFirst: NextFirst;
}

/**
 * Mailboxes that wait, the greatest first; those of which nothing is known follow in the order that they are in.
 *
 * @param rank  null: nothing is known
 */
export function inOrder(waiting: readonly Waiting[], rank: (id: string) => number | null): Waiting[] {
  return waiting
    .map((one) => ({ one, rank: rank(one.id) ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => (a.rank === b.rank ? 0 : b.rank - a.rank))
    .map(({ one }) => one);
}

/**
 * Decides which mailboxes start now: no more at once than allowed, those that come back from a rest first, and first
 * starts staggered, so that the source does not take the night for an attack.
 *
 * @param waiting  in the order in which they start
 * @param nextFirst  from the last decision; empty at the beginning
 * @param admit  asked for each that would start: null where the endpoints take it, else when asking again is worth it
 */
export function decide(
  waiting: readonly Waiting[],
  running: number,
  nextFirst: NextFirst,
  rules: SchedulerRules,
  now: number,
  random: Random,
  admit: (id: string) => number | null = () => null,
): Decision {
  const start: string[] = [];
  let free = rules.concurrency - running;
  const next = new Map(nextFirst);
  const shut = new Shut();
  let wakeAt: number | null = null;
  const wake = (at: number) => {
    wakeAt = wakeAt === null ? at : Math.min(wakeAt, at);
  };
  const starts = (id: string): boolean => {
    const until = admit(id);
    if (until !== null) {
      wake(until);
      return false;
    }
    start.push(id);
    free--;
    return true;
  };
  const again = waiting.filter(({ first }) => !first);
  for (const { id, notBefore } of again) {
    if (notBefore > now) wake(notBefore);
    else if (free > 0) starts(id);
  }
  for (const { id, first, notBefore, ends } of waiting) {
    if (!first || free <= 0 || shut.has(ends)) continue;
    const due = next.get(ends.source) ?? 0;
    const at = Math.max(due, notBefore);
    if (at > now) {
      wake(at);
      if (due > now) shut.source(ends);
      continue;
    }
    if (starts(id)) next.set(ends.source, now + gap(rules.stagger, random));
    // An endpoint without room for this mailbox has none for those behind it.
    else shut.pair(ends);
  }
  return { start, wakeAt, nextFirst: next };
}

/** Sources, and pairs of endpoints, at which no other mailbox starts now. */
class Shut {
  readonly #sources = new Set<EndpointKey>();
  readonly #pairs = new Set<string>();

  source({ source }: Waiting['ends']): void {
    this.#sources.add(source);
  }

  pair(ends: Waiting['ends']): void {
    this.#pairs.add(pairOf(ends));
  }

  has(ends: Waiting['ends']): boolean {
    if (this.#sources.has(ends.source)) return true;
    return this.#pairs.size > 0 && this.#pairs.has(pairOf(ends));
  }
}

/** A name for a pair of endpoints. Most batches have one pair, for which no text is made for each waiting mailbox. */
export const pairOf = ({ source, destination }: Waiting['ends']) =>
  source === OWN && destination === OWN ? '' : JSON.stringify([source, destination]);

/** Milliseconds to the next first start. */
function gap({ min, max }: SchedulerRules['stagger'], random: Random): number {
  return (min + (max - min) * random()) * 1000;
}

/**
 * When the last first pass starts, at the middle of the stagger, if places are free.
 *
 * @returns milliseconds from now
 */
export function lastStartAfter(mailboxes: number, { min, max }: SchedulerRules['stagger']): number {
  return Math.max(0, mailboxes - 1) * ((min + max) / 2) * 1000;
}
