import type { BatchEntity } from './protocol.js';

/** Exit codes of the program (design.md). */
const ALL_SETTLED = 0;
export const A_BUG = 1;
const ERRORS_OPEN = 3;
export const STOPPED_BEFORE_THE_END = 4;

/** What a batch ends with that ends as it stands. */
export function exitCodeOf({
  errors,
  mailboxes,
  byState,
}: Pick<BatchEntity, 'errors' | 'mailboxes' | 'byState'>): number {
  if (byState.stopped > 0) return STOPPED_BEFORE_THE_END;
  return errors === 0 && byState.synced + byState.completed === mailboxes ? ALL_SETTLED : ERRORS_OPEN;
}
