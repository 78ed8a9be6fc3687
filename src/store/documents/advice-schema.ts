import { z } from 'zod';
import { type Advice, CEILINGS, WRONG_AT_APPLICATION } from '../../words/advice/advice.js';
import { PLAIN_ADVICE } from '../../words/advice/advice-keys.js';
import { count, side } from './field-schemas.js';

const text = z.string();
const map = z.strictObject({ from: text, to: text });
const refusedName = { source: text, name: text, map };

/** An advice as it is stored: src/words/advice/advice.ts, checked when read. */
export const adviceSchema: z.ZodType<Advice> = z.discriminatedUnion('key', [
  z.strictObject({ key: z.enum(PLAIN_ADVICE) }),
  z.strictObject({ key: z.literal('too big'), ceiling: z.enum(CEILINGS) }),
  z.strictObject({ key: z.enum(['not all listed', 'message breaks', 'folder breaks']), side }),
  z.strictObject({ key: z.literal('name taken'), twin: text, ...refusedName }),
  z.strictObject({ key: z.literal('name too long'), bytes: count, ...refusedName }),
  z.strictObject({ key: z.enum(['name hidden', 'name refused']), ...refusedName }),
  z.strictObject({
    key: z.literal('folders below mail'),
    top: text,
    beside: z.array(map),
    below: z.array(map),
    more: count,
  }),
  z.strictObject({ key: z.literal('inbox spelled twice'), name: text, beside: z.array(text) }),
  z.strictObject({ key: z.literal('application refused'), wrong: z.enum(WRONG_AT_APPLICATION) }),
  z.strictObject({ key: z.literal('sign in again'), oauth: text }),
  z.strictObject({ key: z.literal('as-written'), text }),
]);

/**
 * Reads an advice that an earlier build wrote as a sentence, and keeps the sentence. Anything else is left to the
 * schema.
 */
export function adviceFromSentence(written: unknown): unknown {
  return typeof written === 'string' ? { key: 'as-written', text: written } : written;
}
