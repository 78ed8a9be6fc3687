import { z } from 'zod';
import { NO_COUNTS } from '../../words/counts.js';
import { count, instant, side, uidSetText, uidValidity } from '../documents/field-schemas.js';
import { errorLedgerSchema } from '../errors/error-ledger.js';
import { troubleSchema } from '../errors/trouble.js';
import { flightRecordSchema } from '../ledger/flight.js';
import { countsSchema, mailboxStateSchema } from './mailbox-state.js';
import { passSchema } from './pass-schema.js';
import { settledAtSchema } from './settled-at.js';

/** mailbox.json: the state of one mailbox. It is made when the mailbox is first started. */

const folderSchema = z.strictObject({
  source: z.string(),
  destination: z.string(),
  ledgerId: z.string(),
  counts: countsSchema,
  /** UIDVALIDITY of the source folder at its last opening; null: the server does not tell one. */
  uidValidity: uidValidity.nullable(),
  /** Null: something is left to do, or the source told no counters. */
  settledAt: settledAtSchema.nullable(),
  /** Whether a later connection has shown what became of every message that the UID ledger calls unproven. */
  proven: z.boolean(),
});
export type MailboxFolder = z.infer<typeof folderSchema>;

export const MAILBOX_VERSION = 2;

export const mailboxSchema = z.strictObject({
  version: z.literal(MAILBOX_VERSION),
  id: z.string(),
  state: mailboxStateSchema,
  counts: countsSchema,
  folders: z.array(folderSchema),
  passes: z.array(passSchema),
  /** The number of starts and restarts. */
  attempts: count,
  /** Commands without an answer at the destination when this was written; null: all were answered. */
  flight: flightRecordSchema.nullable(),
  /**
   * Messages without an answer that may be stored still, by the source folder's name on the wire, and the instant until
   * which none is sent again. Absent where there are none, and in documents of earlier builds.
   */
  unanswered: z
    .strictObject({
      until: instant,
      messages: z.array(z.strictObject({ folder: z.string(), uids: uidSetText })),
    })
    .optional(),
  /** Null: the mailbox goes on. */
  trouble: troubleSchema.nullable(),
  /** Number of the last decision of the operators that it followed; 0: none yet. */
  decided: count,
  /**
   * Sides where a password was taken that an operator typed, in place of the plan's. Absent in documents of earlier
   * builds.
   */
  typedPasswords: z.array(side).optional(),
  errors: errorLedgerSchema,
});
export type MailboxDocument = z.infer<typeof mailboxSchema>;

/** The part that the engine changes at will. The error ledger has its own rules. */
export type MailboxData = Omit<MailboxDocument, 'version' | 'id' | 'errors'>;

export function emptyMailbox(id: string): MailboxDocument {
  return {
    version: MAILBOX_VERSION,
    id,
    state: { kind: 'queued', startsAt: null, why: { key: 'not started' } },
    counts: { ...NO_COUNTS },
    folders: [],
    passes: [],
    attempts: 0,
    flight: 'unknown',
    trouble: null,
    decided: 0,
    errors: [],
  };
}
