import type { BatchOptions, PlanRow } from '../../store/batch/batch.js';
import { isOfOtherWave } from '../../store/batch/options-of.js';
import type { LifeEvent } from '../mailbox/life/life.js';

/** The event with which a mailbox begins where the batch is worked on: it queues, or waits for its wave. */
export function beginningOf(options: Pick<BatchOptions, 'wave'>, row: PlanRow): LifeEvent {
  return isOfOtherWave(options, row) ? { kind: 'left to its wave', wave: row.wave } : { kind: 'created' };
}
