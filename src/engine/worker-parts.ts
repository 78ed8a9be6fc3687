import type { Batch, PlanRow } from '../store/batch.js';
import type { DestinationLock } from '../store/destination-lock.js';
import type { MailboxRecord } from '../store/mailbox.js';
import type { Clock, Random } from '../words/clock.js';
import type { Side } from '../words/side.js';
import type { Failure } from './copy/job.js';
import type { Credentials } from './credentials.js';
import type { Connect, Trust } from './imap/transport.js';
import type { MemoryBudget } from './memory-budget.js';
import type { PassFailure } from './pass-failure.js';
import type { Instant, LogLine } from './protocol.js';
import type { Corrector } from './responses/corrections.js';
import type { PassOrders } from './triage/mailbox-orders.js';

/** What a worker is given; it knows nothing of its host. */
export interface WorkerParts {
  readonly batch: Batch;
  readonly row: PlanRow;
  readonly record: MailboxRecord;
  readonly credentials: Credentials;
  readonly trust: Readonly<Record<Side, Trust>>;
  readonly connect: Connect;
  readonly clock: Clock;
  readonly random: Random;
  /** Bytes in flight over all workers. */
  readonly memory: MemoryBudget;
  /** The right to write into the destination mailbox. @throws DestinationTaken  while another batch fills it */
  readonly takeDestination: () => Promise<DestinationLock>;
  /** What operators decided about messages of this mailbox. */
  readonly orders: PassOrders;
  /** How many times longer it rests, by an operator's decision. */
  readonly restFactor: () => number;
  /** What operators said of responses like this one. */
  readonly correct: Corrector;
  readonly onChange: () => void;
  readonly onServer: (side: Side, software: string) => void;
  readonly onFailure: (failure: Failure) => void;
  readonly onLog: (line: Omit<LogLine, 'at' | 'mailbox'>) => void;
}

/** How an attempt on a mailbox ended. */
export type Outcome =
  | { readonly kind: 'synced' }
  | { readonly kind: 'again'; readonly notBefore: Instant; readonly failure: PassFailure }
  | { readonly kind: 'held'; readonly failure: PassFailure }
  | { readonly kind: 'stopped' };
