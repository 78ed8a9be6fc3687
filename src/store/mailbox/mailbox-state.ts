import { z } from 'zod';
import { adviceSchema } from '../documents/advice-schema.js';
import { count, instant } from '../documents/field-schemas.js';
import { reasonSchema } from './reason-schema.js';

/** The state of a mailbox as it is remembered: the states that the engine publishes. */
export const mailboxStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('queued'), startsAt: instant.nullable(), why: reasonSchema }),
  z.strictObject({ kind: z.literal('connecting') }),
  z.strictObject({ kind: z.literal('scanning') }),
  z.strictObject({ kind: z.literal('copying') }),
  z.strictObject({ kind: z.literal('verifying') }),
  z.strictObject({ kind: z.literal('backing-off'), until: instant, because: reasonSchema }),
  z.strictObject({ kind: z.literal('held'), because: reasonSchema, asks: adviceSchema }),
  z.strictObject({ kind: z.literal('paused') }),
  z.strictObject({ kind: z.literal('stopped') }),
  z.strictObject({ kind: z.literal('synced'), at: instant }),
  z.strictObject({ kind: z.literal('incomplete'), at: instant, left: count, because: reasonSchema }),
  z.strictObject({ kind: z.literal('completed'), at: instant }),
  z.strictObject({ kind: z.literal('given-up'), at: instant, by: z.string(), reason: z.string() }),
]);
export type StoredMailboxState = z.infer<typeof mailboxStateSchema>;

/** Numbers of messages by what became of them, and bytes of message data. */
export const countsSchema = z.strictObject({
  total: count,
  copied: count,
  matched: count,
  skipped: count,
  outside: count,
  failed: count,
  vanished: count,
  left: count,
  /** Messages that another folder brought, where folders are labels. They are not in the total. */
  carried: count,
  bytesTotal: count,
  bytesCopied: count,
});
export type StoredCounts = z.infer<typeof countsSchema>;
