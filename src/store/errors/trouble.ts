import { z } from 'zod';
import { count, instant, side } from '../documents/field-schemas.js';
import { verdictSchema } from '../documents/verdict-schema.js';

/** The trouble that keeps a mailbox from going on, since when, and how often. */
export const troubleSchema = z.strictObject({
  side,
  command: z.string(),
  folder: z.string().nullable(),
  /** The last response, sanitised. */
  response: z.string(),
  verdict: verdictSchema,
  firstAt: instant,
  lastAt: instant,
  /** How often it was tried in vain since `firstAt`. */
  attempts: z.int().min(1),
  /** How many of these tries in a row were of this kind, or of one for which rests grow alike. */
  inRow: count,
  /** When the operator was asked; null: not yet. */
  askedAt: instant.nullable(),
});
export type Trouble = z.infer<typeof troubleSchema>;
