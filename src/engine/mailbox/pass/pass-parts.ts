import type { Batch, PlanRow } from '../../../store/batch/batch.js';
import type { MailboxRecord } from '../../../store/mailbox/mailbox.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import type { CopyContext } from '../../copy/job.js';
import type { PassOrders } from '../../decisions/mailbox-orders.js';
import { Inquiry } from '../../isolate/inquiry.js';
import type { OpenConnections } from '../../login/open-connections.js';
import type { Checkpoints } from '../checkpoints.js';
import type { FolderTally } from './tally.js';

/** The surroundings of a pass over one mailbox. */
export interface PassParts {
  readonly batch: Batch;
  readonly row: PlanRow;
  readonly record: MailboxRecord;
  readonly open: OpenConnections;
  readonly context: CopyContext;
  readonly checkpoints: Checkpoints;
  /** Kept by the worker over the attempts of a run: by source folder. */
  readonly memory: RunMemory;
  /** Decisions of operators about messages of this mailbox. */
  readonly orders: PassOrders;
  readonly onState: (kind: 'scanning' | 'copying' | 'verifying', folder: string | null) => void;
  readonly onTallies: (tallies: readonly FolderTally[]) => void;
  /** The counts of a source folder have changed. `stored`: messages of it arrived. */
  readonly onProgress: (folder: string, how: 'stored' | 'other') => void;
}

/** The memory of a worker from one attempt to the next of the same run. */
export interface RunMemory {
  /** Messages and folders that are suspected of breaking connections. */
  readonly inquiry: Inquiry;
  /**
   * Messages that were under way when a server fell out of step, by source folder. Their literals wait for the server's
   * `+` (RFC 9051, section 4.3).
   */
  readonly careful: Map<string, UidSet>;
  /**
   * Messages that failed in this run, by source folder. They are tried again by order of the operator, or in the next
   * run.
   */
  readonly failed: Map<string, UidSet>;
}

export function newRunMemory(): RunMemory {
  return { inquiry: new Inquiry(), careful: new Map(), failed: new Map() };
}

/** The messages of a folder that are to be sent carefully: live. */
export function carefulIn({ careful }: Pick<RunMemory, 'careful'>, folder: string): UidSet {
  const set = careful.get(folder) ?? new UidSet();
  careful.set(folder, set);
  return set;
}
