import { z } from 'zod';
import { KINDS, SCOPES } from '../../words/verdict.js';
import { count, instant, side } from '../documents/field-schemas.js';

/** A response, or the loss of a line, that ended an attempt. */
const refusalSchema = z.strictObject({
  side,
  kind: z.enum(KINDS),
  scope: z.enum(SCOPES),
  /** Name of the rule that read it. */
  rule: z.string(),
  /** The wait that the server named, in seconds; 0: it named none. */
  waitSeconds: z.number().min(0),
  during: z.enum(['login', 'work']),
});
export type PassRefusal = z.infer<typeof refusalSchema>;

/** One attempt on a mailbox. A rehearsal learns from its time and its end what later nights take. */
export const passSchema = z.strictObject({
  startedAt: instant,
  /** Null: it goes on, or was killed. */
  endedAt: instant.nullable(),
  /** Messages and bytes that it copied; null: it goes on, or an earlier build did not note them. */
  moved: z.strictObject({ messages: count, bytes: count }).nullable(),
  /** Connections that it had at each side, and the sides that refused a further one; null: it had none. */
  lines: z.strictObject({ source: count, destination: count, refusedAt: z.array(side) }).nullable(),
  /** Null: no server ended it. */
  refusal: refusalSchema.nullable(),
});
export type MailboxPass = z.infer<typeof passSchema>;

/** The fields of a pass that earlier builds did not write. */
export const NOTHING_NOTED = { moved: null, lines: null, refusal: null } as const;
