import type { BatchEntity } from './entities.js';

/** Exit codes of the program, as docs/batch.md lists them. */
export const ALL_SETTLED = 0;
export const A_BUG = 1;
/** Also where how it ended could not be written down: the next run looks again. */
export const ERRORS_OPEN = 3;
export const STOPPED_BEFORE_THE_END = 4;

/** Mailboxes of which this run has nothing to do any more: at their end, given up, or of another wave. */
export function notToDo({ byState, otherWaves }: Pick<BatchEntity, 'byState' | 'otherWaves'>): number {
  return byState.synced + byState.incomplete + byState.completed + byState['given-up'] + otherWaves;
}

/**
 * The exit code of a batch that ends as it stands. Messages that were skipped and mailboxes that were given up by a
 * decision make no error. The failure of a folder may be accepted, and the mail in it is not copied for that.
 */
export function exitCodeOf(
  batch: Pick<BatchEntity, 'needs' | 'mailboxes' | 'byState' | 'leftOut' | 'otherWaves'>,
): number {
  const { needs, mailboxes, byState, leftOut } = batch;
  if (byState.stopped > 0) return STOPPED_BEFORE_THE_END;
  return needs === 0 && leftOut.accepted === 0 && notToDo(batch) === mailboxes ? ALL_SETTLED : ERRORS_OPEN;
}

/** The batch came to an end, and this says to which: any other code is an engine that broke. */
export function isEndOfBatch(exitCode: number): boolean {
  return exitCode === ALL_SETTLED || exitCode === ERRORS_OPEN || exitCode === STOPPED_BEFORE_THE_END;
}
