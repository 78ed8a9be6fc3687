import type { Instant } from '../../protocol/entities.js';
import type { Stretch } from '../../protocol/rehearsal-entity.js';
import type { Batch } from '../../store/batch/batch.js';
import type { Random } from '../../words/clock.js';
import type { Habits } from './habits/habits.js';
import type { Load } from './load.js';
import type { Costs } from './pace.js';
import type { SpentBefore } from './played/played-budgets.js';
import type { Waited } from './waits.js';

/** A night before it begins. */
export interface Night {
  readonly batch: Batch;
  readonly from: Instant;
  /** In the order of the plan. */
  readonly loads: readonly Load[];
  readonly spent: SpentBefore;
}

/** How one night turns out that could turn out in many ways. */
export interface Luck {
  readonly random: Random;
  readonly costsOf: (load: Load) => Costs;
  readonly habits: Habits;
}

/** The way of a mailbox through a played night. */
export interface Played {
  readonly load: Load;
  readonly stretches: readonly Stretch[];
  /** For what it waited before its first start, the longest first; of one that never started, until the end of what is played. */
  readonly waited: readonly Waited[];
  /** Null: not even by the end of what is played. */
  readonly doneAt: Instant | null;
}
