import type { Batch } from '../../store/batch/batch.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import type { Workspace } from '../../store/batch/workspace.js';
import type { Gathered } from '../input/credentials/credentials-from.js';
import type { NoticesOfRun } from '../input/notices/notice-options.js';

/** All that a run needs, checked. */
export interface Run {
  readonly batch: Batch;
  readonly workspace: Workspace;
  readonly credentials: Gathered;
  /** Opened to be looked at: no mailbox starts before an operator says so. */
  readonly atRest?: boolean;
  /** Null, or none: the operator gets no notices. */
  readonly notices?: NoticesOfRun | null;
  /** Called last, when nothing can be refused any more: it creates the batch where it is new. */
  openStore(): Promise<BatchStore>;
}
