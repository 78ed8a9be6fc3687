import type { BatchOptions } from '../../store/batch/batch.js';
import type { Doubles } from '../../store/ledger/doubles.js';
import type { Treated } from '../../store/ledger/treated.js';
import type { UidLedger } from '../../store/ledger/uid-ledger.js';
import type { UidSet } from '../../store/uid/uid-set.js';
import type { Clock, Random } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import type { LastShown } from '../account/ending-of-mailbox.js';
import type { SourceFolder } from '../account/source-folder.js';
import type { Allowance } from '../budget/allowance.js';
import type { Inquiry } from '../isolate/inquiry.js';
import type { Suspects } from '../isolate/suspects.js';
import type { Elsewhere } from './labels/elsewhere.js';
import type { FolderPair } from './map/folder-pair.js';
import type { MemoryBudget } from './memory/memory-budget.js';
import type { Reading } from './prepare/standstill.js';
import type { TodoList } from './prepare/todo-list.js';
import type { SentTable } from './sent.js';
import type { Connections } from './transfer/connections.js';

/** A failure on its way to the error ledger. */
export interface Failure {
  readonly side: Side;
  readonly command: string;
  readonly folder: string | null;
  readonly uids: UidSet;
  readonly response: string;
  readonly verdict: Verdict;
  /** Second copies at the destination; only of a failure of no message. */
  readonly doubles?: Doubles;
}

/** Everything that the copy of a folder works with. */
export interface CopyContext {
  readonly connections: Connections;
  readonly clock: Clock;
  /** Chooses the messages whose bytes are compared when a folder is read back. */
  readonly random: Random;
  /** Ends the pass: nothing new is sent, what is in flight is waited for. */
  readonly signal: AbortSignal;
  /** Bytes in flight over all mailboxes, and in this one. */
  readonly memory: readonly MemoryBudget[];
  /** How the source's `\Deleted` is treated, with which date messages are sent, and of which days they are. */
  readonly sending: Pick<BatchOptions, 'deleted' | 'dates' | 'since' | 'until'>;
  /** When this run began, in milliseconds since the epoch. */
  readonly beganAt: number;
  /** Limits what the account moves in a day; null: nobody does. */
  readonly allowance: Allowance | null;
  /** Octets of the longest line of a message that the destination takes; null: nothing is known. */
  readonly lineOctets: number | null;
  /** Bytes over which a message is not transferred; null: no limit. */
  readonly maxSize: number | null;
  /** Finds out what breaks connections. */
  readonly inquiry: Inquiry;
  readonly judge: (side: Side, line: string, command: string) => Verdict;
  readonly fail: (failure: Failure) => void;
  readonly log: (level: 'debug' | 'info' | 'warn', folder: string | null, text: string) => void;
}

/** One pair of folders, ready to be copied. */
export interface FolderJob {
  readonly pair: FolderPair;
  readonly ledger: UidLedger;
  /** In ascending order of UID; failed ones that are to be tried again are among them. */
  readonly todo: TodoList;
  /** The source folder as its opening showed it: each message of it must be accounted for at the end. */
  readonly listed: SourceFolder;
  readonly elsewhere: Elsewhere;
  /** Messages that the source counts and that the scan could not name; entered already. */
  readonly notSeen: number;
  readonly sent: SentTable;
  /** How an operator wants some of them sent. */
  readonly treatments: Treated;
  /** UIDs of the destination folder that another source folder became. */
  readonly notOurs: UidSet;
  /** Messages that may break connections. */
  readonly suspects: Suspects;
  /** Messages that were under way at a BAD: their literals wait for `+`. */
  readonly careful: UidSet;
  /** Source UIDs that may stand at the destination unseen, and are not sent; entered already. */
  readonly heldBack: UidSet;
  /** How much of the destination's folder could be listed before anything was sent. */
  readonly shown: 'whole' | 'in part';
  /** How much an earlier run was shown of it, before it sent messages that may have been there. */
  readonly lastShown: LastShown;
  /** A tail was read: a batch that was stored late may still show up as a double. */
  readonly tailWasRead: boolean;
  /** How the destination's folder stood when its tail was read; null where no run was broken off in it. */
  readonly tailEnd: Reading | null;
  /** Counters of the source when it was opened, for the next run's glance. */
  readonly opened: {
    readonly uidNext: number | null;
    readonly uidValidity: string;
    readonly messages: number | null;
    readonly highestModseq: string | null;
  };
  readonly destinationUidValidity: string | null;
  /** Messages in the destination's folder before anything was sent; null: not told. */
  readonly before: number | null;
  readonly progress: FolderProgress;
}

/** Counted as it happens. */
export interface FolderProgress {
  readonly stored: (count: number, bytes: number) => void;
  /** @param bytes  of those of them that were listed in this run */
  readonly failed: (uids: readonly number[], bytes: number) => void;
  readonly vanished: (count: number) => void;
  /** Left out by the options of the batch. */
  readonly skipped: (count: number) => void;
  /** Counted as stored, and found not to be: so many messages and bytes. */
  readonly takenBack: (count: number, bytes: number) => void;
}
