import { z } from 'zod';
import { KINDS, NEXTS, SCOPES, type Verdict } from '../../words/verdict.js';
import { adviceFromSentence, adviceSchema } from './advice-schema.js';
import { groundsSchema } from './grounds-schema.js';

/** A verdict as it is stored: src/words/verdict.ts, checked when read. */
export const verdictSchema: z.ZodType<Verdict> = z.strictObject({
  kind: z.enum(KINDS),
  code: z.string().nullable(),
  scope: z.enum(SCOPES),
  next: z.enum(NEXTS),
  waitSeconds: z.number().min(0),
  advice: adviceSchema,
  rule: z.string(),
  grounds: groundsSchema,
});

const told = z.looseObject({ advice: z.unknown(), reason: z.string().optional() });

/**
 * A verdict of this build or of an earlier one: those wrote its advice and its reason as sentences, which are kept as
 * that. Anything else is for the schema to judge.
 */
export function verdictFromSentences(written: unknown): unknown {
  const read = told.safeParse(written);
  if (!read.success) return written;
  const { reason, ...verdict } = read.data;
  return {
    ...verdict,
    advice: adviceFromSentence(verdict.advice),
    ...(reason === undefined ? null : { grounds: { key: 'as-written', text: reason } }),
  };
}
