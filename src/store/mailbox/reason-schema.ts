import { z } from 'zod';
import { PLAIN_WAITS, type Reason } from '../../words/reason.js';
import type { FormerVersion } from '../documents/document-kind.js';
import { count, side } from '../documents/field-schemas.js';

const text = z.string();

const messagesShort = { messages: count, folders: count };
const shortfall = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['left', 'not stored', 'cut short', 'not as listed']), ...messagesShort }),
  z.strictObject({ kind: z.literal('unread'), failures: count }),
  z.strictObject({ kind: z.literal('doubled'), copies: count, folders: count }),
]);

export const reasonSchema: z.ZodType<Reason> = z.discriminatedUnion('key', [
  z.strictObject({ key: z.literal('response'), side, code: text.nullable(), response: text }),
  z.strictObject({
    key: z.literal('allowance'),
    side,
    of: z.enum(['account', 'endpoint']),
    unit: z.enum(['bytes', 'messages']),
    most: count,
  }),
  z.strictObject({ key: z.literal('shared login refused'), side, mailbox: text }),
  z.strictObject({ key: z.enum(['file', 'bug', 'told']), text }),
  z.strictObject({ key: z.literal('short'), by: z.array(shortfall) }),
  z.strictObject({ key: z.literal('decision'), decision: count }),
  z.strictObject({ key: z.literal('place'), concurrency: count }),
  z.strictObject({ key: z.literal('endpoint full'), side, connections: count }),
  z.strictObject({ key: z.literal('circuit'), side, response: text, probe: z.enum(['to come', 'at work']) }),
  z.strictObject({ key: z.enum(['after circuit', 'shared login tried']), side }),
  z.strictObject({ key: z.literal('wave'), wave: count.nullable() }),
  z.strictObject({ key: z.enum([...PLAIN_WAITS, 'left by 0.1.0']) }),
]);

const told = z.looseObject({ state: z.looseObject({ why: text.optional(), because: text.optional() }) });

/** Earlier builds wrote a reason as a sentence, which is kept. */
export const reasonsFromSentences: FormerVersion['upgrade'] = (json) => {
  const read = told.safeParse(json);
  // The state has a reason already, or needs none.
  if (!read.success) return json;
  const { why, because, ...state } = read.data.state;
  return {
    ...json,
    state: {
      ...state,
      ...(why === undefined ? null : { why: reasonOf(why) }),
      ...(because === undefined ? null : { because: reasonOf(because) }),
    },
  };
};

const reasonOf = (sentence: string): Reason =>
  sentence === '' ? { key: 'not started' } : { key: 'told', text: sentence };
