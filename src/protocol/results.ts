import {
  type BatchEntity,
  type Counts,
  isInStep,
  isThrough,
  type MailboxEntity,
  type Rate,
  waitsForWave,
} from './entities.js';
import { notToDo } from './exit-code.js';
import { mailboxesIn, type Need, needsOf } from './needs.js';

/**
 * How a batch stands: `at work`; `needs you`: it has done what it could; `stopped` before the end; `left out`: nothing
 * needs anybody, and some messages stay behind by decision; `settled`: the destination holds all that the source holds.
 */
type Verdict = 'at work' | 'needs you' | 'stopped' | 'left out' | 'settled';

/** A batch summed up. The console's page of results and the lines at the end of a run are made of it. */
export interface Results {
  readonly verdict: Verdict;
  readonly mailboxes: number;
  readonly inStep: number;
  /** Mailboxes that are neither at their end nor given up. */
  readonly open: number;
  /** Mailboxes that were stopped before their end. */
  readonly stopped: number;
  /** Mailboxes that wait for another wave. */
  readonly otherWaves: number;
  readonly needs: readonly Need[];
  readonly needing: number;
  readonly givenUp: readonly MailboxEntity[];
  readonly counts: Counts;
  readonly leftOut: BatchEntity['leftOut'];
  /** Milliseconds from the start of the batch to its end, or to now. */
  readonly elapsed: number;
  /** Over all of it. */
  readonly rate: Rate;
}

export function resultsOf(batch: BatchEntity, mailboxes: readonly MailboxEntity[]): Results {
  const { counts, leftOut } = batch;
  const needs = needsOf(mailboxes);
  const elapsed = elapsedOf(batch, mailboxes);
  const seconds = elapsed / 1000;
  return {
    verdict: verdictOf(batch, needs, mailboxes),
    mailboxes: batch.mailboxes,
    inStep: mailboxes.filter(isInStep).length,
    open: mailboxes.filter((one) => !isThrough(one) && one.state.kind !== 'given-up' && !waitsForWave(one.state))
      .length,
    stopped: batch.byState.stopped,
    otherWaves: batch.otherWaves,
    needs,
    needing: mailboxesIn(needs),
    givenUp: mailboxes.filter(({ state }) => state.kind === 'given-up'),
    counts,
    leftOut,
    elapsed,
    rate:
      seconds > 0
        ? { messages: counts.copied / seconds, bytes: counts.bytesCopied / seconds }
        : { messages: 0, bytes: 0 },
  };
}

/** Milliseconds from the start of the batch to the end of its last mailbox, or to now while it is at work. */
export function elapsedOf(batch: BatchEntity, mailboxes: readonly MailboxEntity[]): number {
  return Math.max(0, (isOver(batch) ? lastEnd(batch, mailboxes) : batch.now) - batch.startedAt);
}

/** Nothing of it is at work, or comes back by itself. */
export function isOver({ state }: Pick<BatchEntity, 'state'>): boolean {
  return state === 'ended' || state === 'stopped' || state === 'waiting';
}

function verdictOf(batch: BatchEntity, needs: readonly Need[], mailboxes: readonly MailboxEntity[]): Verdict {
  if (!isOver(batch)) return 'at work';
  const { byState, counts, leftOut } = batch;
  if (needs.length > 0) return 'needs you';
  if (notToDo(batch) < mailboxes.length) return 'stopped';
  return counts.skipped + counts.outside + leftOut.accepted + byState['given-up'] > 0 ? 'left out' : 'settled';
}

/** An engine that is opened to be looked at works no more: the batch ended with its last mailbox. */
function lastEnd({ now }: BatchEntity, mailboxes: readonly MailboxEntity[]): number {
  return mailboxes.reduce<number | null>((last, { endedAt }) => Math.max(last ?? 0, endedAt ?? 0) || null, null) ?? now;
}
