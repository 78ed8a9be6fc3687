import { z } from 'zod';
import type { DocumentKind } from './document-kind.js';
import { errorLedgerSchema } from './error-ledger.js';
import { decimal, instant, uidValidity } from './field-schemas.js';
import { flightRecordSchema } from './flight.js';
import { mailboxFrom1 } from './mailbox-from-1.js';
import { countsSchema, mailboxStateSchema, NOTHING_COUNTED } from './mailbox-state.js';
import { troubleSchema } from './trouble.js';
import { MAX_UID } from './uid.js';

/** mailbox.json: how one mailbox stands. Born when the mailbox is first started. */

/** The source folder as it was when nothing in it was left to do: the same again means that nothing is. */
const settledAtSchema = z.strictObject({
  uidValidity: uidValidity,
  uidNext: z
    .int()
    .min(1)
    .max(MAX_UID + 1)
    .nullable(),
  highestModseq: decimal.nullable(),
  messages: z.int().min(0),
  /** Of the destination folder then: made anew, it holds nothing of ours. */
  destinationUidValidity: uidValidity.nullable(),
  /** Passes since then that believed the counters and did not look into the folder. */
  believed: z.int().min(0),
});
export type SettledAt = z.infer<typeof settledAtSchema>;

const folderSchema = z.strictObject({
  source: z.string(),
  destination: z.string(),
  ledgerId: z.string(),
  counts: countsSchema,
  /** Of the source folder when it was last opened; null: it does not tell one. */
  uidValidity: uidValidity.nullable(),
  /** Null while something is left to do, and where the source did not say. */
  settledAt: settledAtSchema.nullable(),
});
export type MailboxFolder = z.infer<typeof folderSchema>;

const passSchema = z.strictObject({ startedAt: instant, endedAt: instant.nullable() });

export const MAILBOX_VERSION = 2;

const mailboxSchema = z.strictObject({
  version: z.literal(MAILBOX_VERSION),
  id: z.string(),
  state: mailboxStateSchema,
  counts: countsSchema,
  folders: z.array(folderSchema),
  passes: z.array(passSchema),
  /** Starts and restarts. */
  attempts: z.int().min(0),
  /** What had no answer at the destination when this was written; null: nothing, all was answered. */
  flight: flightRecordSchema.nullable(),
  /** Null while it goes on. */
  trouble: troubleSchema.nullable(),
  /** Number of the last decision of the operators that it followed; 0: none yet. */
  decided: z.int().min(0),
  errors: errorLedgerSchema,
});
export type MailboxDocument = z.infer<typeof mailboxSchema>;

/** What the engine changes at will; the error ledger has its own rules. */
export type MailboxData = Omit<MailboxDocument, 'version' | 'id' | 'errors'>;

export const mailboxKind: DocumentKind<MailboxDocument> = {
  what: 'mailbox document',
  version: MAILBOX_VERSION,
  schema: mailboxSchema,
  former: [{ version: 1, upgrade: mailboxFrom1 }],
};

export function emptyMailbox(id: string): MailboxDocument {
  return {
    version: MAILBOX_VERSION,
    id,
    state: { kind: 'queued', startsAt: null, why: '' },
    counts: { ...NOTHING_COUNTED },
    folders: [],
    passes: [],
    attempts: 0,
    flight: 'unknown',
    trouble: null,
    decided: 0,
    errors: [],
  };
}
