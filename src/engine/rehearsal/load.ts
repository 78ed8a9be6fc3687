import type { Instant } from '../../protocol/entities.js';
import type { PlanRow } from '../../store/batch/batch.js';

/** A mailbox of the night that is played, and what is left to be moved of it. */
export interface Load {
  readonly row: PlanRow;
  /** `first`: the mailbox was never started, so its start is staggered. */
  readonly starts: 'first' | 'again';
  /** The mailbox does not start before this. */
  readonly notBefore: Instant;
  readonly messages: number;
  readonly bytes: number;
  /** INTERNALDATE of the newest message; null: nobody asked. */
  readonly newest: Instant | null;
  /** `counted`: somebody looked into the mailbox. `guessed`: nobody did, and its size is taken from the others. */
  readonly known: 'counted' | 'guessed';
}
