import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import type { DocumentKind } from '../documents/document-kind.js';
import { sideSchema, verdictSchema } from '../documents/verdict-schema.js';

/** causes.json: why things failed in a batch, each cause once, however many mailboxes it stands in. */

/** A response and its verdict: all of a failure that is not of one mailbox. */
export interface Cause {
  readonly side: Side;
  readonly command: string;
  /** The response without what differs from message to message. */
  readonly cause: string;
  /** The first response that was read so, whole. */
  readonly sample: string;
  /** Without the wait that the server named, and with a reason that quotes the sample: both differ from time to time. */
  readonly verdict: Verdict;
}

const causeSchema = z.strictObject({
  side: sideSchema,
  command: z.string(),
  cause: z.string(),
  sample: z.string(),
  verdict: verdictSchema,
});

export function isCause(value: unknown): value is Cause {
  return causeSchema.safeParse(value).success;
}

export const CAUSES_VERSION = 1;

const causesSchema = z.strictObject({
  version: z.literal(CAUSES_VERSION),
  causes: z.record(z.string(), causeSchema),
});
export type CausesDocument = z.infer<typeof causesSchema>;

export const causesKind: DocumentKind<CausesDocument> = {
  what: 'document of causes',
  version: CAUSES_VERSION,
  schema: causesSchema,
};

/** Names a cause by what it says: 12 hex digits of its SHA-256. What quotes the sample is only an example of it. */
export function causeId({ side, command, cause, verdict }: Cause): string {
  const { kind, code, scope, next, advice, rule } = verdict;
  const text = JSON.stringify([side, command, cause, kind, code, scope, next, advice, rule]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
