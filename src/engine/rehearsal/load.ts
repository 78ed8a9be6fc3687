import type { Instant } from '../../protocol/entities.js';
import type { PlanRow } from '../../store/batch/batch.js';

/** A mailbox of the night that is played, and what is left to be moved of it. */
export interface Load {
  readonly row: PlanRow;
  /** `first`: it was never started, and its start is staggered. */
  readonly starts: 'first' | 'again';
  /** It does not start before then. */
  readonly notBefore: Instant;
  readonly messages: number;
  readonly bytes: number;
  /** INTERNALDATE of the newest message; null: nobody asked. */
  readonly newest: Instant | null;
  /** `counted`: somebody looked. `guessed`: nobody did, and others say how much such a mailbox holds. */
  readonly known: 'counted' | 'guessed';
}
