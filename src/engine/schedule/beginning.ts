import type { BatchOptions, PlanRow } from '../../store/batch/batch.js';
import { isOfOtherWave } from '../../store/batch/options-of.js';
import type { LifeEvent } from '../mailbox/life/life.js';

/** Queues a mailbox, or leaves it to its wave: how a mailbox begins where the batch is to be worked on. */
export function beginningOf(options: Pick<BatchOptions, 'wave'>, row: PlanRow): LifeEvent {
  return isOfOtherWave(options, row) ? { kind: 'left to its wave', wave: row.wave } : { kind: 'created' };
}
