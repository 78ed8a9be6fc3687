import type { Treated } from '../../../store/ledger/treated.js';
import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import type { UidSet } from '../../../store/uid/uid-set.js';
import type { LastShown } from '../../account/ending-of-mailbox.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import type { Suspects } from '../../isolate/suspects.js';
import type { FolderProgress } from '../job.js';
import type { Elsewhere } from '../labels/elsewhere.js';
import type { FolderPair } from '../map/folder-pair.js';
import type { Limit } from './append-limit.js';

/** The start of a folder's preparation. */
export interface Preparation {
  readonly pair: FolderPair;
  readonly ledger: UidLedger;
  /**
   * STATUS of the destination's folder, once the folder exists and nothing of ours is under way to it; undefined: the
   * folder cannot be created or opened.
   */
  readonly made: Promise<FolderStatus | undefined>;
  /** The destination's limit for one message; null: none known. */
  readonly appendLimit: (folder: FolderStatus) => Limit | null;
  /** UIDs of that folder that are copies from another source folder. */
  readonly notOurs: UidSet;
  /** Messages that another folder brings, where folders are labels. */
  readonly elsewhere: Elsewhere;
  readonly suspects: Suspects;
  readonly careful: UidSet;
  /** Source UIDs that failed in this run. They wait for the operator. */
  readonly notAgain: UidSet;
  /**
   * Source UIDs that may be there unread. They are sent again only into a folder of which every message can be read.
   */
  readonly mayBeThere: UidSet;
  /** `in part`: something that it did not show then may show up now, and stand twice. */
  readonly lastShown: LastShown;
  /** They were sent, and never answered: whatever the counters say, it is looked whether they came since. */
  readonly sentUnanswered: UidSet;
  /** Messages that an operator wants sent changed; absent: none. */
  readonly treatments?: Treated | undefined;
  readonly progress: FolderProgress & {
    /**
     * Called when the source folder is open under this UIDVALIDITY. Decisions and failures under another one are
     * dropped.
     */
    readonly opened: (uidValidity: string) => void;
    /** Called when the destination's folder cannot be created or opened.  @param messages  in the source folder */
    readonly refused: (messages: number) => void;
    /** @param settledBefore  in this folder @param carried  by other folders; no part of the total */
    readonly found: (total: number, bytes: number, settledBefore: number, carried: number) => void;
    readonly matched: (count: number, bytes: number) => void;
  };
}
