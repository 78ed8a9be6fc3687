import type { BatchState, Instant } from '../../protocol/entities.js';
import type { BatchOptions } from '../../store/batch/batch.js';
import type { EndpointKey } from '../../store/batch/endpoints.js';

/** The state of a batch at work. Orders change it, and the engine acts on it. */
export interface BatchControl {
  state: BatchState;
  /** The options of now: they can be changed while the batch runs. */
  options: Pick<BatchOptions, 'stagger' | 'concurrency' | 'window' | 'wave'>;
  /** When the next first pass may start, by the key of its source. */
  nextFirst: ReadonlyMap<EndpointKey, Instant>;
}
