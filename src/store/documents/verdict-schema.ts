import { z } from 'zod';
import { SIDES } from '../../words/side.js';
import { KINDS, NEXTS, SCOPES, type Verdict } from '../../words/verdict.js';
import { adviceSchema } from './advice-schema.js';

/** A verdict as it is stored: src/words/verdict.ts, checked when read. */
export const verdictSchema: z.ZodType<Verdict> = z.strictObject({
  kind: z.enum(KINDS),
  code: z.string().nullable(),
  scope: z.enum(SCOPES),
  next: z.enum(NEXTS),
  waitSeconds: z.number().min(0),
  advice: adviceSchema,
  rule: z.string(),
  reason: z.string(),
});

export const sideSchema = z.enum(SIDES);
