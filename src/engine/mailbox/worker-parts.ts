import type { LogLine } from '../../protocol/events.js';
import type { Batch, PlanRow } from '../../store/batch/batch.js';
import type { DiskTrouble } from '../../store/documents/disk-trouble.js';
import type { DestinationLock } from '../../store/locks/destination-lock.js';
import type { Look } from '../../store/looks/looks.js';
import type { MailboxRecord } from '../../store/mailbox/mailbox.js';
import type { Clock, Random } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import type { Allowances } from '../budget/allowances.js';
import type { Failure } from '../copy/job.js';
import type { MemoryBudget } from '../copy/memory/memory-budget.js';
import type { PassOrders } from '../decisions/mailbox-orders.js';
import type { Connect, Trust } from '../imap/connection/transport.js';
import type { Credentials } from '../imap/session/credentials.js';
import type { Listing } from '../listing/listing.js';
import type { Paces } from '../login/dialling.js';
import type { KnownManners } from '../login/known-manners.js';
import type { ShownMailbox } from '../login/take-destination.js';
import type { Corrector } from '../responses/corrections.js';
import type { PassFailure } from '../responses/pass-failure.js';

/** The parts of one worker. It knows nothing of its host. */
export interface WorkerParts {
  readonly row: PlanRow;
  readonly record: MailboxRecord;
  /** Decisions of operators about messages of this mailbox. */
  readonly orders: PassOrders;
  readonly world: WorkerWorld;
}

/** The parts that all workers of a batch share. They are passed once, because a batch may have 50,000 workers. */
export interface WorkerWorld {
  readonly batch: Batch;
  readonly credentials: Credentials;
  readonly trust: (row: PlanRow) => Readonly<Record<Side, Trust>>;
  readonly connect: Connect;
  readonly clock: Clock;
  readonly random: Random;
  readonly paces: (row: PlanRow) => Paces;
  /** Limit what accounts move in a day. */
  readonly allowances: Pick<Allowances, 'of'>;
  /** Bytes in flight over all workers. */
  readonly memory: MemoryBudget;
  /** Habits of the servers that commands have to respect. */
  readonly manners: KnownManners;
  /** Applies corrections of operators to responses. */
  readonly correct: Corrector;
  /** The right to write into the destination mailbox. @throws DestinationTaken  while another batch fills it */
  readonly takeDestination: (row: PlanRow) => Promise<DestinationLock>;
  /** The same, by what the connections show of it: it may be reached by another name. @throws DestinationTaken */
  readonly takeByMarks: (row: PlanRow, shown: ShownMailbox) => Promise<DestinationLock>;
  /** How many times longer a mailbox rests, by an operator's decision. */
  readonly restFactor: (row: PlanRow) => number;
  readonly onChange: (row: PlanRow) => void;
  /** Size of a mailbox by an early look; null: nobody looked. */
  readonly look: (row: PlanRow) => Pick<Look, 'messages' | 'bytes'> | null;
  /** Called when an account was listed. */
  readonly onServer: (row: PlanRow, side: Side, listing: Pick<Listing, 'server' | 'known'>) => void;
  readonly onFailure: (row: PlanRow, failure: Failure) => void;
  readonly onLog: (row: PlanRow, line: Omit<LogLine, 'at' | 'mailbox'>) => void;
}

/** How an attempt on a mailbox ended. */
export type Outcome =
  /** The mailbox went through all its folders; its state says whether anything is missing. */
  | { readonly kind: 'through' }
  | { readonly kind: 'again'; readonly failure: PassFailure }
  | { readonly kind: 'held'; readonly failure: PassFailure }
  /** The mailbox used up its allowance of the day. */
  | { readonly kind: 'spent' }
  /** The disk refused a document. No server failed. */
  | { readonly kind: 'disk'; readonly trouble: DiskTrouble }
  | { readonly kind: 'stopped' };
