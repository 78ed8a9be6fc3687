import type { BatchEntity } from './entities.js';

/** Exit codes of the program, as docs/batch.md lists them. */
export const ALL_SETTLED = 0;
export const A_BUG = 1;
/** Also the code where the end could not be written down: the next run looks again. */
export const ERRORS_OPEN = 3;
export const STOPPED_BEFORE_THE_END = 4;

/** The number of mailboxes that this run need not touch any more: at their end, given up, or of another wave. */
export function notToDo({ byState, otherWaves }: Pick<BatchEntity, 'byState' | 'otherWaves'>): number {
  return byState.synced + byState.incomplete + byState.completed + byState['given-up'] + otherWaves;
}

/**
 * The exit code of a batch as it stands. Messages that were skipped and mailboxes that were given up by decision are no
 * error. But where the failure of a folder was accepted, the mail in it is not copied.
 */
export function exitCodeOf(
  batch: Pick<BatchEntity, 'needs' | 'mailboxes' | 'byState' | 'leftOut' | 'otherWaves'>,
): number {
  const { needs, mailboxes, byState, leftOut } = batch;
  if (byState.stopped > 0) return STOPPED_BEFORE_THE_END;
  return needs === 0 && leftOut.accepted === 0 && notToDo(batch) === mailboxes ? ALL_SETTLED : ERRORS_OPEN;
}

/** Whether a code is one with which a batch ends. Any other is that of an engine that broke. */
export function isEndOfBatch(exitCode: number): boolean {
  return exitCode === ALL_SETTLED || exitCode === ERRORS_OPEN || exitCode === STOPPED_BEFORE_THE_END;
}
