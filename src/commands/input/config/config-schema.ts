import { z } from 'zod';
import { DATE_SOURCES, DELETED_MODES, LABEL_POLICIES, MAILBOX_ORDERS } from '../../../store/batch/batch.js';
import { NEWS_EVENTS, NOTICE_SHAPES } from '../../../words/notice-shape.js';
import { UTC } from '../../../words/zone.js';
import { folderName, parseConcurrency, parseMemory } from '../batch-options.js';
import { parseDay } from '../days.js';
import { parseMappings } from '../folder-mapping.js';
import { command, judged, text, textOrNumber } from '../judged.js';
import { parseRate } from '../limits/limit-options.js';
import { mailServer } from '../notices/mail-server.js';
import { oauthSchema } from '../oauth/oauth-schema.js';
import { parseSize } from '../sizes.js';
import { parseStagger } from '../stagger.js';
import { parseWindow } from '../time-window.js';
import { endpointTable, NAME } from './endpoint-schema.js';

const folders = (key: string) => z.array(judged(z.string(), (value) => folderName(value, key))).optional();

/** `[batch]`: the options of `move` and `run`, under their names. */
const batchTable = z.strictObject({
  include: folders('include').describe('only folders that match, like ["Archive/**"]'),
  exclude: folders('exclude').describe('leave out folders that match; / parts levels, * stays in one, ** does not'),
  map: judged(z.array(text), (value) => parseMappings(value, 'map'))
    .optional()
    .describe('copy folder OLD, and what is below it, to NEW: ["OLD=NEW"]'),
  'folder-prefix': judged(z.string(), (value) => folderName(value, 'folder-prefix'))
    .optional()
    .describe('put everything below this folder at the destination'),
  'include-shared': z.boolean().optional().describe("shared and other users' folders, too"),
  deleted: z.enum(DELETED_MODES).optional().describe('messages marked \\Deleted'),
  dates: z.enum(DATE_SOURCES).optional().describe('where the date of a message is taken from'),
  labels: z.enum(LABEL_POLICIES).optional().describe('where a message of Gmail with several labels goes'),
  since: judged(text, (value) => parseDay(value, 'since', UTC))
    .optional()
    .describe('only messages received on that day or later, like "2024-01-31 Europe/Berlin"'),
  until: judged(text, (value) => parseDay(value, 'until', UTC))
    .optional()
    .describe('only messages received on that day or before'),
  'max-size': judged(textOrNumber, (value) => parseSize(String(value), 'max-size'))
    .optional()
    .describe('leave out larger messages and list them as errors, like "35M"'),
  memory: judged(textOrNumber, (value) => parseMemory(String(value), 'memory'))
    .optional()
    .describe('message data in memory at a time, over all mailboxes'),
  rate: judged(textOrNumber, (value) => parseRate(String(value), 'rate'))
    .optional()
    .describe('bytes a second of each endpoint, at most, like "4M"'),
  stagger: judged(textOrNumber, (value) => parseStagger(String(value), 'stagger'))
    .optional()
    .describe('seconds between two first starts, like "60-90", 75 or 0'),
  concurrency: judged(textOrNumber, (value) => parseConcurrency(String(value), 'concurrency'))
    .optional()
    .describe('mailboxes at once, at most 100'),
  order: z.enum(MAILBOX_ORDERS).optional().describe('mailboxes that start first'),
  look: z.boolean().optional().describe('count waiting mailboxes early'),
  // The zone of hours that name none is the operator's; whether they can be read does not hang on it.
  window: judged(text, (value) => parseWindow(value, UTC, 'window'))
    .optional()
    .describe('mailboxes are at work only then, like "20:00-06:00 Europe/Berlin"'),
  wait: z.boolean().optional().describe('start also while a server cannot be reached, and wait for it'),
  'insecure-plaintext': z.boolean().optional().describe('imap:// without STARTTLS, on both sides'),
});

/** Keys of `[notify]`, of which one says where the URL is. */
export const WEBHOOK = { file: 'webhook-file', command: 'webhook-command', env: 'webhook-env' } as const;
export const WEBHOOKS = Object.values(WEBHOOK);

/** Keys of `[notify.mail]`, of which one says where the password is. */
export const MAIL_PASSWORD = { file: 'password-file', command: 'password-command', env: 'password-env' } as const;

const mailTable = z.strictObject({
  to: text.describe('the address that is told'),
  from: text.optional().describe('the address that it comes from; default: the same'),
  server: judged(text, (value) => mailServer(value)).describe(
    'smtps://user@mail.example (TLS) or smtp://user@mail.example (STARTTLS)',
  ),
  'password-file': text.optional().describe('file with the password of that user in its first line, mode 600'),
  'password-command': command('password-command').describe('command that prints the password'),
  'password-env': text.optional().describe('environment variable with the password'),
});

/** `[notify]`: how an operator is told who is not there. A URL is a secret, so only its place is named. */
const notifyTable = z.strictObject({
  command: command('command').describe('is given each notice as JSON on its standard input; no shell is run'),
  'webhook-file': text.optional().describe('file with the URL in its first line, mode 600'),
  'webhook-command': command('webhook-command').describe('command that prints the URL'),
  'webhook-env': text.optional().describe('environment variable with the URL'),
  mail: mailTable.optional().describe('mail, beside a webhook or alone'),
  shape: z.enum(NOTICE_SHAPES).optional().describe('what is posted; default: by the host of the URL'),
  when: z.array(z.enum(NEWS_EVENTS)).min(1, 'name one at least').optional().describe('what is told; default: all'),
});

/** nightferry.toml. Each key has its words for the editor in `docs/nightferry.schema.json`, which is made of this. */
export const configSchema = z.strictObject({
  source: endpointTable.optional().describe('the server that mailboxes are copied from'),
  destination: endpointTable.optional().describe('the server that mailboxes are copied to'),
  server: z.record(NAME, endpointTable).optional().describe('servers that a plan or an option refers to by name'),
  oauth: z.record(NAME, oauthSchema).optional().describe('applications that get access tokens, by name'),
  batch: batchTable.optional().describe('what is moved, and how fast'),
  notify: notifyTable.optional().describe('how you are told while you are not there'),
});
export type WrittenConfig = z.infer<typeof configSchema>;
