import { UidSet } from '../../../store/uid/uid-set.js';

/**
 * The messages of a source folder that another folder brings. Where folders are places (`alone`) there are none. Where
 * they are labels, a message in several folders is brought by one.
 */
export interface Elsewhere {
  readonly kind: 'alone' | 'labels';
  /** Source UIDs that are not to be copied in this folder. Live: `decide` adds to it. */
  readonly uids: UidSet;
  /** Decides about listed messages that were not there when the labels were read. @param listed  source UIDs */
  readonly decide: (listed: UidSet) => Promise<void>;
  /**
   * Those `uids` that another folder has brought, is to bring, or has an entry for. It is asked when every command is
   * answered.
   */
  readonly accounted: () => UidSet;
}

/** The value for a source whose folders are places. */
export const NOTHING_ELSEWHERE: Elsewhere = {
  kind: 'alone',
  uids: new UidSet(),
  decide: async () => {},
  accounted: () => new UidSet(),
};
