import { type Disk, nodeDisk } from './disk.js';
import type { Fallback } from './durable-file.js';

/** The surroundings of the store: passed in, so that tests need neither a disk nor time. */
export interface StoreContext {
  readonly disk: Disk;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that only ever grow, for measuring. */
  readonly monotonic: () => number;
  /** A document was unreadable and its previous version was taken. */
  readonly onFallback: (fallback: Fallback) => void;
}

export const nodeContext: StoreContext = {
  disk: nodeDisk,
  now: () => Date.now(),
  monotonic: () => performance.now(),
  onFallback: () => {},
};
