import type { FolderJob } from '../../copy/job.js';
import type { FolderPair } from '../../copy/map/folder-pair.js';
import type { PassLabels } from './pass-labels.js';

/** The state that the folders of one pass share. */
export interface PassState {
  pairs: readonly FolderPair[];
  /** The labels of a Gmail account; null: folders are places, and a message is in one of them. */
  labels: PassLabels | null;
  /** Folders whose messages were all answered, by source folder. */
  readonly answered: Map<string, FolderJob>;
  /** Source folders that need no more: looked into, entered as refused, or left alone because nothing is to be done. */
  readonly accounted: Set<string>;
  /** Folders that may break connections. They are worked on when all others are done. */
  readonly putOff: Set<FolderPair>;
}
