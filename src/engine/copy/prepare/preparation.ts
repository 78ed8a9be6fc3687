import type { Treated } from '../../../store/ledger/treated.js';
import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import type { UidSet } from '../../../store/uid/uid-set.js';
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
   * STATUS of the destination's folder as soon as it is there, and nothing of ours is on its way to it any more;
   * undefined where it cannot be had.
   */
  readonly made: Promise<FolderStatus | undefined>;
  /** The destination's limit for one message; null: none known. */
  readonly appendLimit: (folder: FolderStatus) => Limit | null;
  /** UIDs of that folder that another source folder became. */
  readonly notOurs: UidSet;
  /** Messages that travel in another folder, where folders are labels. */
  readonly elsewhere: Elsewhere;
  readonly suspects: Suspects;
  readonly careful: UidSet;
  /** Failed in this run already: they wait for the operator. */
  readonly notAgain: UidSet;
  /** They may stand there unseen: sent again only into a folder of which every message can be read. */
  readonly mayBeThere: UidSet;
  /** Messages that an operator wants sent otherwise than they are; none unless given. */
  readonly treatments?: Treated | undefined;
  readonly progress: FolderProgress & {
    /** The source folder is open, under this UIDVALIDITY: of another one nothing is to be heard any more. */
    readonly opened: (uidValidity: string) => void;
    /** The destination's folder cannot be had. @param messages  that the source's holds */
    readonly refused: (messages: number) => void;
    /** @param settledBefore  in this folder @param carried  by other folders; no part of the total */
    readonly found: (total: number, bytes: number, settledBefore: number, carried: number) => void;
    readonly matched: (count: number, bytes: number) => void;
  };
}
