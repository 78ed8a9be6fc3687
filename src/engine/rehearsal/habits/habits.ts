import type { PassRefusal } from '../../../store/mailbox/pass-schema.js';
import type { Side } from '../../../words/side.js';

/** The things that a server may count of what an account is served. `work`: milliseconds of it. */
export const COUNTED = ['messages', 'bytes', 'work'] as const;
export type Counted = (typeof COUNTED)[number];
export type Amounts = Readonly<Record<Counted, number>>;

/** A duration that lies between two others, in milliseconds. */
export interface Between {
  readonly least: number;
  readonly most: number;
}

/** A server serves an account so much, then refuses it for a while. */
export interface Throttle {
  readonly refusal: Omit<PassRefusal, 'waitSeconds'>;
  readonly counts: Counted;
  /** Amounts that were served before it refused, as many as were seen. */
  readonly served: readonly number[];
  /** The time after which it serves again. It begins with the first that was served (a window), or with the refusal. */
  readonly renews: Between & { readonly since: 'first served' | 'refusal'; readonly likely: number };
  /** Whether it says how long to wait. */
  readonly names: 'the wait' | 'no wait';
}

/** Refusals and lost connections that come by chance. */
export interface Chance {
  /** The refusals that were seen. A played one is drawn from them. */
  readonly refusals: readonly PassRefusal[];
  /** Milliseconds of work between two of them, in the mean. */
  readonly every: number;
}

/** Habits of servers that keep mailboxes from work, as they were seen. */
export interface Habits {
  /** The likeliest reading of what was seen; null: no server throttled. */
  readonly throttle: Throttle | null;
  /** Readings that are nearly as likely. */
  readonly orElse: readonly Throttle[];
  readonly chance: Chance | null;
  /** Connections that a side bore at most, where it was seen to refuse more; absent: it never did. */
  readonly connections: Readonly<Partial<Record<Side, number>>>;
}

export const NO_HABITS: Habits = { throttle: null, orElse: [], chance: null, connections: {} };
