import { z } from 'zod';
import { TREATMENTS } from '../words/decision.js';
import { KINDS } from '../words/verdict.js';

/** Commands about what failed and what is decided of it, as they come over the socket. */

const mailbox = z.string().max(500);
const folder = z.string().max(2_000);
const name = z.string().max(500);
const by = z.string().max(500);
const path = z.string().max(4_096);
const names = z.array(name).max(10_000).nullable();
/** The line as a whole is bounded. */
const text = z.string();

const selection = z.strictObject({ filter: text, groups: names, entries: names, uids: text.nullable() });

const action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('retry'), afterSeconds: z.number(), treatment: z.enum(TREATMENTS) }),
  z.strictObject({ do: z.literal('try-first'), first: z.number(), treatment: z.enum(TREATMENTS) }),
  z.strictObject({ do: z.literal('skip'), why: z.string().max(2_000) }),
  z.strictObject({ do: z.literal('backoff'), factor: z.number().nullable(), seconds: z.number().nullable() }),
  z.strictObject({ do: z.literal('release') }),
]);

export const TRIAGE_COMMANDS = [
  z.strictObject({
    do: z.literal('errors'),
    mailbox: mailbox.nullable(),
    filter: text.optional(),
    by: z.enum(['code', 'kind']).optional(),
    entries: names.optional(),
    uids: text.nullable().optional(),
  }),
  z.strictObject({ do: z.literal('preview'), action, selection }),
  z.strictObject({ do: z.literal('decide'), preview: name, by }),
  z.strictObject({ do: z.literal('undo'), decision: z.int().min(1), by }),
  z.strictObject({ do: z.literal('decisions') }),
  z.strictObject({ do: z.literal('correct'), entry: name, kind: z.enum(KINDS), by }),
  z.strictObject({ do: z.literal('uncorrect'), id: name, by }),
  z.strictObject({ do: z.literal('message'), mailbox, folder, uid: z.int().min(1) }),
  z.strictObject({ do: z.literal('save-message'), mailbox, folder, uid: z.int().min(1), path }),
  z.strictObject({ do: z.literal('export'), selection, format: z.enum(['csv', 'json']), path }),
  z.strictObject({ do: z.literal('morning') }),
  z.strictObject({ do: z.literal('looked'), by }),
] as const;
