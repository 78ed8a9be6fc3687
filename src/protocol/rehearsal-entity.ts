import type { Reason } from '../words/reason.js';
import type { Instant } from './entities.js';

/**
 * The reason why a mailbox is not at work. `asked to rest`: servers ask for rests now and then, as they were seen to
 * do.
 */
export type Halt = Reason | { readonly key: 'asked to rest' };

/** A stretch of time in which a mailbox does one thing. */
export type Stretch =
  | { readonly kind: 'works'; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'waits' | 'rests'; readonly from: Instant; readonly to: Instant; readonly why: Halt };

/** A value, with the range in which it lies in nine of ten nights. */
export interface Banded<T> {
  readonly middle: T;
  readonly from: T;
  readonly to: T;
}

/** The way of a mailbox through the night that was played. */
export interface PlannedMailbox {
  readonly id: string;
  /** In the order of time; cut where there are very many. */
  readonly stretches: readonly Stretch[];
  /** Null: later than is played. */
  readonly doneAt: Instant | null;
}

/** A change that would help. */
export type PlannedChange =
  | { readonly key: 'concurrency'; readonly to: number }
  | { readonly key: 'stagger'; readonly to: { readonly min: number; readonly max: number } }
  | { readonly key: 'largest first' | 'no rate' | 'no window' }
  | { readonly key: 'start earlier'; readonly at: Instant }
  | { readonly key: 'these earlier'; readonly at: Instant; readonly mailboxes: number };

/** Why a mailbox is not played. */
export type LeftOutWhy = 'held' | 'paused' | 'stopped' | 'given up' | 'another wave';

/** The rest of a batch as it was played, from now on. */
export interface RehearsalEntity {
  readonly from: Instant;
  /** The hour that was asked for; null: none was. */
  readonly by: Instant | null;
  /** Mailboxes that were done before. */
  readonly done: number;
  /** Mailboxes that were played. */
  readonly played: number;
  /** Mailboxes that do not go on by themselves, by reason. */
  readonly leftOut: readonly { readonly why: LeftOutWhy; readonly mailboxes: number }[];
  /** How many of the played mailboxes are done by the hour; null: no hour was asked for. */
  readonly doneBy: Banded<number> | null;
  /** When the last mailbox is done; null: later than is played. */
  readonly end: Banded<Instant | null>;
  /** `assumed`: nothing was moved between these servers yet. */
  readonly pace: 'assumed' | 'measured';
  /** Changes that would help, the best first, and what would become of the night. */
  readonly helps: readonly {
    readonly change: PlannedChange;
    readonly doneBy: number | null;
    readonly end: Instant | null;
  }[];
  /** 5,000 at most. */
  readonly mailboxes: readonly PlannedMailbox[];
}
