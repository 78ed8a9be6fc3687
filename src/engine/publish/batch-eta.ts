import type { Instant } from '../../protocol/entities.js';
import type { DayWindow } from '../../words/day-window.js';
import { lastStartAfter, type SchedulerRules } from '../schedule/scheduler.js';
import { openTimeAfter } from '../schedule/time-window.js';

/** How far a batch is, as far as its end can be told from it. */
export interface BatchSoFar {
  readonly now: Instant;
  /** Messages left in mailboxes that were looked into. */
  readonly left: number;
  /** Messages a second, of all mailboxes together. */
  readonly rate: number;
  /** Mailboxes that were looked into, and how many messages they hold. */
  readonly known: { readonly mailboxes: number; readonly messages: number };
  /** Mailboxes that wait for their first start: what they hold is not known. */
  readonly waiting: number;
  /** When the next of them may start. */
  readonly nextFirstAt: Instant;
  readonly stagger: SchedulerRules['stagger'];
  readonly window: DayWindow | null;
}

/** Slower than this is standing still, in messages a second. */
const STILL = 0.01;

/** Messages of a batch of so many mailboxes, those taken for ones like the others that nobody looked into yet. */
export function expectedIn(mailboxes: number, known: BatchSoFar['known']): number {
  return Math.round(known.messages + (mailboxes - known.mailboxes) * expectedEach(known));
}

/** Messages that a mailbox holds that nobody looked into yet: as many as the others on average. */
function expectedEach({ mailboxes, messages }: BatchSoFar['known']): number {
  return mailboxes === 0 ? 0 : messages / mailboxes;
}

/**
 * When a batch will be done. Mailboxes that nobody looked into yet are taken for ones like the others: a night of 500
 * that has seen 3 would else be done in a minute, all through the night. It is not before the last of them has started
 * and was copied, and counts only hours in which the window is open.
 *
 * @returns null where nothing is left, or nothing moves
 */
export function batchEta(batch: BatchSoFar): Instant | null {
  const { now, rate, known, waiting, window } = batch;
  const each = expectedEach(known);
  const left = batch.left + waiting * each;
  if (left <= 0 || rate <= STILL) return null;
  const untilLastStart =
    waiting === 0 ? 0 : Math.max(0, batch.nextFirstAt - now) + lastStartAfter(waiting, batch.stagger);
  const lastOne = waiting === 0 ? 0 : untilLastStart + (each / rate) * 1000;
  return openTimeAfter(window, now, Math.max((left / rate) * 1000, lastOne));
}
