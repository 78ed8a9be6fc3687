import type { Sorted } from '../../engine/rehearsal/loads.js';
import type { Rehearsal } from '../../engine/rehearsal/rehearse.js';
import type { Help } from '../../engine/rehearsal/what-helps.js';

/** A batch, its rehearsal, and what would help. */
export interface Rehearsed {
  readonly sorted: Sorted;
  readonly rehearsal: Rehearsal;
  readonly helps: readonly Help[];
}
