import type { Sorted } from './loads.js';
import type { Rehearsal } from './rehearse.js';
import type { Help } from './what-helps.js';

/** A batch, its rehearsal, and what would help. */
export interface Rehearsed {
  readonly sorted: Sorted;
  readonly rehearsal: Rehearsal;
  readonly helps: readonly Help[];
}
