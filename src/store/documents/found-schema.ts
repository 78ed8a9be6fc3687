import { z } from 'zod';
import { CEILINGS } from '../../words/advice/advice.js';
import { type Found, PLAIN_FOUND } from '../../words/findings/found.js';
import { REPAIR_KINDS } from '../../words/findings/repairs.js';
import { count, instant, side } from './field-schemas.js';

const text = z.string();
const of = <Key extends string, Fields extends z.ZodRawShape>(key: Key, fields: Fields) =>
  z.strictObject({ key: z.literal(key), ...fields });

const doubt = z.discriminatedUnion('key', [
  of('unreadable', { text }),
  z.strictObject({ key: z.enum(['twice', 'of another folder', 'given before']), uid: count }),
  of('named before', { uid: count, before: count, now: count }),
  of('far ahead', { uid: count, highest: count }),
]);
const dates = {
  count,
  of: count,
  example: z.strictObject({ uid: count, sent: z.number(), there: z.number().nullable() }),
};
const row = { row: text, why: text };
const span = z.tuple([instant, instant]);

/** A finding as it is stored: src/words/findings/found.ts, checked when read. */
export const foundSchema: z.ZodType<Found> = z.discriminatedUnion('key', [
  z.strictObject({ key: z.enum(PLAIN_FOUND) }),
  of('too big', { bytes: count, ceiling: z.enum(CEILINGS) }),
  of('not all listed', {
    side,
    exists: count.nullable(),
    notSeen: count,
    unconfirmed: text.nullable(),
    refused: text.nullable(),
  }),
  of('no uids kept', { side }),
  of('not all named', { messages: count }),
  z.strictObject({ key: z.enum(['not compared', 'cut short']), sent: count, there: count }),
  z.strictObject({ key: z.enum(['may be hidden', 'shows none']), messages: count }),
  of('hidden before', { uids: text }),
  of('stands twice', { copies: count, there: text, here: text }),
  of('append-uid impossible', { doubt }),
  of('append-uid untrue', { missing: text }),
  of('append-uid exchanged', { uids: text }),
  of('kept as one', { equals: count }),
  of('repaired', { repairs: z.array(z.strictObject({ kind: z.enum(REPAIR_KINDS), count })) }),
  z.strictObject({ key: z.enum(['flags left out', 'flags lost']), flags: text }),
  of('flags not set', { flags: text, words: text }),
  of('keyword not kept', { keyword: text }),
  of('keywords left out', { messages: count, keywords: z.array(text), more: count }),
  of('not seen later', { limit: text }),
  of('keeps newest', { messages: count }),
  of('filed elsewhere', { folder: text, sentTo: text }),
  of('some not stored', { messages: count, of: count, uids: text }),
  z.strictObject({ key: z.enum(['dates changed', 'dated on arrival']), ...dates }),
  of('dates shifted', { amounts: z.array(z.number()), ...dates }),
  of('dated by header', { header: z.enum(['Received', 'Date']), why: z.enum(['no usable date', 'on order']) }),
  of('dates bunched', { messages: count, internal: span, headers: span }),
  of('cannot be read', { uids: text, ours: text, words: text }),
  of('empty body', { listed: count }),
  of('other length', { listed: count, came: count }),
  of('another message', { given: text, listed: text }),
  of('sizes not kept', { uid: count, listed: count, came: count }),
  of('line too long', { octets: count }),
  of('list without end', { side, rows: count, characters: count }),
  of('rows unreadable', { rows: z.array(z.strictObject(row)), more: count }),
  of('namespace unreadable', row),
  of('breaks the connection', {
    of: z.enum(['message', 'folder']),
    side,
    command: text,
    times: count,
    how: z.enum(['refused', 'bye', 'silent', 'dropped']),
    byItself: z.enum(['maybe', 'no']),
    words: text,
  }),
]);
