import { z } from 'zod';
import type { Side } from '../words/side.js';
import type { Verdict } from '../words/verdict.js';
import { instant, uid, uidSetText } from './field-schemas.js';
import type { Uid } from './uid.js';
import { UidSet } from './uid-set.js';
import { sideSchema, verdictSchema } from './verdict-schema.js';

/** Where something failed, and why: what one entry of the error ledger has in common. */
export interface ErrorPlace {
  readonly side: Side;
  readonly command: string;
  /** Source folder, whichever side failed: its UIDs are those of the entry. Null: before any folder. */
  readonly folder: string | null;
  readonly code: string | null;
  /** The response without what differs from message to message. */
  readonly cause: string;
}

/** One cause of failure in one place, and all that failed of it. The sets are live. */
export interface ErrorEntry extends ErrorPlace {
  /** Source UIDs that failed; empty for a failure that is of no message. */
  readonly uids: UidSet;
  /** How often each of them was tried: count -> UIDs. */
  readonly attempts: Map<number, UidSet>;
  /** How often it happened. */
  times: number;
  /** Milliseconds since the epoch. */
  readonly firstAt: number;
  lastAt: number;
  /** The first response, whole (2,000 characters at most). */
  readonly sample: string;
  verdict: Verdict;
  /** A UID's own last response, where it differs from the sample; 1,000 at most. */
  readonly own: Map<Uid, string>;
}

export const errorEntrySchema = z.strictObject({
  side: sideSchema,
  command: z.string(),
  folder: z.string().nullable(),
  code: z.string().nullable(),
  cause: z.string(),
  uids: uidSetText,
  attempts: z.array(z.strictObject({ count: z.int().min(1), uids: uidSetText })),
  times: z.int().min(1),
  firstAt: instant,
  lastAt: instant,
  sample: z.string(),
  verdict: verdictSchema,
  own: z.array(z.strictObject({ uid, response: z.string() })),
});
export type ErrorEntryDocument = z.infer<typeof errorEntrySchema>;

export function writeEntry(entry: ErrorEntry): ErrorEntryDocument {
  return {
    ...entry,
    uids: entry.uids.toString(),
    attempts: [...entry.attempts].map(([count, uids]) => ({ count, uids: uids.toString() })),
    own: [...entry.own].map(([uid, response]) => ({ uid, response })),
  };
}

export function readEntry(stored: ErrorEntryDocument): ErrorEntry {
  return {
    ...stored,
    uids: UidSet.parse(stored.uids),
    attempts: new Map(stored.attempts.map(({ count, uids }) => [count, UidSet.parse(uids)])),
    own: new Map(stored.own.map(({ uid, response }) => [uid, response])),
  };
}
