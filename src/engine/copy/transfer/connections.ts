import type { Desk } from '../../imap/commands/desk.js';
import type { Session } from '../../imap/session/session.js';
import type { NameTrials } from '../../listing/trials.js';
import type { SizeRecord } from '../bodies/size-record.js';
import type { SourceScan } from '../scan/scan-source.js';
import type { AppendLane } from './append-lane.js';
import type { EarlyOpenings } from './early-openings.js';
import type { Keywords } from './keywords.js';
import type { RefusalStreak } from './refusal-streak.js';

/** The connections of one mailbox while it is worked on. */
export interface Connections {
  readonly source: {
    /** Lists the next folders while the last one is still fetched. It is `fetch` where there is only one connection. */
    readonly scan: Desk;
    readonly fetch: Desk;
    /**
     * The scan of INBOX, begun while the folders were listed, since every account has INBOX. Null: INBOX was settled
     * before.
     */
    readonly inbox: SourceScan | null;
    /** Messages that the source refused in a row. */
    readonly refusals: RefusalStreak;
    /** How far the source's RFC822.SIZE can be believed. */
    readonly sizes: SizeRecord;
  };
  readonly destination: {
    /** Never selects a folder: it sends CREATE, STATUS and APPEND. */
    readonly session: Session;
    /** Selects folders and reads them back; on a connection of its own where there is one. */
    readonly read: Desk;
    readonly readSession: Session;
    readonly early: EarlyOpenings;
    /** Folders whose STATUS is never answered: they are opened instead. */
    readonly statuses: NameTrials;
    readonly keywords: Keywords;
    readonly lane: AppendLane;
  };
}
