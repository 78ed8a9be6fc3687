import type { BatchEntity } from './entities.js';

/** Exit codes of the program (design.md). */
const ALL_SETTLED = 0;
export const A_BUG = 1;
/** Also where how it ended could not be written down: the next run looks again. */
export const ERRORS_OPEN = 3;
export const STOPPED_BEFORE_THE_END = 4;

/**
 * The exit code of a batch that ends as it stands. Messages that were skipped and mailboxes that were given up by a
 * decision make no error. The failure of a folder may be accepted, and the mail in it is not copied for that.
 */
export function exitCodeOf({
  needs,
  mailboxes,
  byState,
  leftOut,
  otherWaves,
}: Pick<BatchEntity, 'needs' | 'mailboxes' | 'byState' | 'leftOut' | 'otherWaves'>): number {
  if (byState.stopped > 0) return STOPPED_BEFORE_THE_END;
  const over = byState.synced + byState.incomplete + byState.completed + byState['given-up'];
  return needs === 0 && leftOut.accepted === 0 && over + otherWaves === mailboxes ? ALL_SETTLED : ERRORS_OPEN;
}

/** The batch came to an end, and this says to which: any other code is an engine that broke. */
export function isEndOfBatch(exitCode: number): boolean {
  return exitCode === 0 || exitCode === 3 || exitCode === 4;
}
