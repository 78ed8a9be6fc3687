import { type Habits, NO_HABITS } from './habits/habits.js';

/** Milliseconds that the work on one mailbox takes, by what it is made of. */
export interface Costs {
  /** Logging in and listing, at each start. */
  readonly perStart: number;
  readonly perMessage: number;
  readonly perByte: number;
}

/** How far costs may be off, as standard deviations of their logarithms. */
export interface Unsure {
  /** One mailbox compared with the others. */
  readonly ofMailbox: number;
  /** Of the whole night. */
  readonly ofNight: number;
}

/** Where a pace comes from. */
export type PaceOrigin =
  /** Nobody measured these servers: figures of a middling server. */
  | { readonly kind: 'assumed' }
  /** Batches of this workspace between the same servers. */
  | {
      readonly kind: 'measured';
      readonly mailboxes: number;
      readonly batches: readonly string[];
      /** Mailboxes that were at work at once, at most. */
      readonly atOnce: number;
    };

/** How fast the night is expected to go. */
export interface Pace {
  readonly costs: Costs;
  /** Habits of servers that keep mailboxes from work, as they were seen. */
  readonly habits: Habits;
  readonly unsure: Unsure;
  readonly origin: PaceOrigin;
}

/**
 * The pace where nothing was measured: about 1 GB an hour for each mailbox, as providers grant one account, and 40 ms
 * for each message. Either may be off by a factor of three.
 */
export const ASSUMED: Pace = {
  costs: { perStart: 3_000, perMessage: 40, perByte: 3_600_000 / 2 ** 30 },
  habits: NO_HABITS,
  unsure: { ofMailbox: 0.4, ofNight: 0.65 },
  origin: { kind: 'assumed' },
};

/** Milliseconds of work. */
export function workOf({ perMessage, perByte }: Costs, messages: number, bytes: number): number {
  return messages * perMessage + bytes * perByte;
}
