import { z } from 'zod';
import { type Grounds, PLAIN_GROUNDS } from '../../words/grounds/grounds.js';
import { KINDS } from '../../words/verdict.js';
import { instant, side } from './field-schemas.js';
import { foundSchema } from './found-schema.js';

const text = z.string();

/** The grounds of a verdict as they are stored: src/words/grounds/grounds.ts, checked when read. */
export const groundsSchema: z.ZodType<Grounds> = z.discriminatedUnion('key', [
  z.strictObject({
    key: z.literal('response'),
    status: text.nullable(),
    code: text.nullable(),
    phrase: text.nullable(),
    command: text.nullable(),
    side,
  }),
  z.strictObject({ key: z.literal('error'), code: text, message: text, side }),
  z.strictObject({
    key: z.literal('corrected'),
    correction: text,
    at: instant,
    by: text.nullable(),
    sample: text,
    kind: z.enum(KINDS),
    rule: text,
    read: z.enum(KINDS),
  }),
  z.strictObject({ key: z.literal('found'), found: foundSchema }),
  z.strictObject({ key: z.enum(PLAIN_GROUNDS) }),
  z.strictObject({ key: z.literal('as-written'), text }),
]);
