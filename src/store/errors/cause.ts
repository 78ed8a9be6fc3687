import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import type { DocumentKind, FormerVersion } from '../documents/document-kind.js';
import { side } from '../documents/field-schemas.js';
import { verdictFromSentences, verdictSchema } from '../documents/verdict-schema.js';

/** causes.json: the causes of failures in a batch. Each is there once, however many mailboxes name it. */

/** A response and its verdict: the part of a failure that is not about one mailbox. */
export interface Cause {
  readonly side: Side;
  readonly command: string;
  /** The response without the parts that differ from message to message. */
  readonly cause: string;
  /** The first response of this cause, whole. */
  readonly sample: string;
  /** The verdict without a named wait, and with grounds that quote the sample: both differ from time to time. */
  readonly verdict: Verdict;
}

const causeSchema = z.strictObject({
  side,
  command: z.string(),
  cause: z.string(),
  sample: z.string(),
  verdict: verdictSchema,
});

const judged = z.looseObject({ verdict: z.unknown() });

/** Earlier builds wrote sentences into verdicts, here and in the log of a batch. */
function withoutSentence(value: unknown): unknown {
  const read = judged.safeParse(value);
  // The schema says what is wrong with the value.
  if (!read.success) return value;
  return { ...read.data, verdict: verdictFromSentences(read.data.verdict) };
}

/** Reads a cause as this build or an earlier one wrote it. @returns null where it is no cause */
export function readCause(value: unknown): Cause | null {
  return causeSchema.safeParse(withoutSentence(value)).data ?? null;
}

export const CAUSES_VERSION = 2;

const causesSchema = z.strictObject({
  version: z.literal(CAUSES_VERSION),
  causes: z.record(z.string(), causeSchema),
});
export type CausesDocument = z.infer<typeof causesSchema>;

const anyCauses = z.looseObject({ causes: z.record(z.string(), z.unknown()) });

/** Reads a document of 0.1.0, or of an earlier build. Its causes keep their names, because ledgers use these. */
const withoutSentences: FormerVersion['upgrade'] = (json) => {
  const read = anyCauses.safeParse(json);
  if (!read.success) return { ...json, version: CAUSES_VERSION };
  const causes = Object.entries(read.data.causes).map(([id, cause]) => [id, withoutSentence(cause)]);
  return { ...json, version: CAUSES_VERSION, causes: Object.fromEntries(causes) };
};

export const causesKind: DocumentKind<CausesDocument> = {
  what: 'document of causes',
  version: CAUSES_VERSION,
  schema: causesSchema,
  former: [
    { version: 1, upgrade: withoutSentences },
    { version: CAUSES_VERSION, upgrade: withoutSentences },
  ],
};

/**
 * The name of a cause by its content: 12 hex digits of a SHA-256. Parts that quote the sample do not count, because the
 * sample is only an example.
 */
export function causeId({ side, command, cause, verdict }: Cause): string {
  const { kind, code, scope, next, rule } = verdict;
  // The name as earlier builds made it, which their ledgers still use.
  const advice = verdict.advice.key === 'as-written' ? verdict.advice.text : byName(Object.entries(verdict.advice));
  const text = JSON.stringify([side, command, cause, kind, code, scope, next, advice, rule]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Fields in the order of their names: in a document that was read they have another order. */
function byName(fields: readonly (readonly [string, unknown])[]): readonly (readonly [string, unknown])[] {
  return fields.toSorted(([one], [other]) => (one < other ? -1 : 1));
}
