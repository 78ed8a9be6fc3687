import { z } from 'zod';
import { isDay } from '../../words/days.js';
import { readZone, UTC } from '../../words/zone.js';
import type { DocumentKind, FormerVersion } from '../documents/document-kind.js';
import { endpointLimitsSchema, NO_LIMITS } from './limits.js';

/**
 * batch.json: the plan and its options. It is written when the batch is made, and again only where an operator vouches
 * for another certificate or corrects a row of the plan. It holds no secret, only the places of secrets.
 */
export const BATCH_FILE = 'batch.json';

/** How the connection to a server is protected. `plaintext` only where the operator asked for it by name. */
const securitySchema = z.enum(['tls', 'starttls', 'plaintext']);
export type Security = z.infer<typeof securitySchema>;

/** The place of the settings that get access tokens: a JSON file, or a table `[oauth.NAME]` of a configuration. */
export const oauthPlaceSchema = z.strictObject({
  /** Absolute path. */
  file: z.string(),
  /** Name of the application; null: the file is about one application. */
  name: z.string().nullable(),
});
export type OAuthPlace = z.infer<typeof oauthPlaceSchema>;

export const endpointSchema = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65535),
  security: securitySchema,
  /** The user in the URL: the mailbox for `move`; the admin of a login template or authzid for a batch. */
  user: z.string().nullable(),
  /** Template over {email} {user} {domain}, e.g. `{user}*admin`; null: the mailbox's own user logs in. */
  login: z.string().nullable(),
  /** SASL PLAIN: log in as `user`, act as the mailbox (RFC 4616). */
  authzid: z.boolean(),
  /** Command and arguments that print a password or an access token; `{email}` is one argument, never shell text. */
  passwordCommand: z.array(z.string()).nullable(),
  tokenCommand: z.array(z.string()).nullable(),
  /** A private file with the password in its first line, or the name of a variable that holds it. */
  passwordFile: z.string().nullable(),
  passwordEnv: z.string().nullable(),
  oauth: oauthPlaceSchema.nullable(),
  /** Path of a PEM file with the authority that signed the server's certificate. */
  ca: z.string().nullable(),
  /** SHA-256 fingerprint of the server's certificate, colon-free upper-case hex. */
  fingerprint: z.string().nullable(),
  /** Accept a PREAUTH greeting: the server opens one account without a login. For a single mailbox only. */
  preauth: z.boolean(),
  /** Limits of the server, as far as the operator gave them. */
  limits: endpointLimitsSchema,
});
export type Endpoint = z.infer<typeof endpointSchema>;

export const othersSchema = z.strictObject({
  source: z.record(z.string(), endpointSchema),
  destination: z.record(z.string(), endpointSchema),
});

export const DELETED_MODES = ['carry', 'strip', 'skip'] as const;
export type DeletedMode = (typeof DELETED_MODES)[number];

export const DATE_SOURCES = ['internal', 'header'] as const;
export type DateSource = (typeof DATE_SOURCES)[number];

export const LABEL_POLICIES = ['first-folder', 'all-folders', 'keywords'] as const;
export type LabelPolicy = (typeof LABEL_POLICIES)[number];

const LOOKS = ['ahead', 'none'] as const;

export const MAILBOX_ORDERS = ['plan', 'size', 'newest'] as const;
/** The mailboxes that start first: as the plan has them, the largest, or those with the newest mail. */
export type MailboxOrder = (typeof MAILBOX_ORDERS)[number];

/** The highest number of a wave. The lowest is 1. */
export const MOST_WAVES = 999;
export const waveSchema = z.int().min(1).max(MOST_WAVES);

const zoneSchema = z.string().refine((zone) => readZone(zone) !== null, 'no zone that this machine knows');

const daySchema = z.strictObject({ day: z.string().refine(isDay, 'no day of the calendar'), zone: zoneSchema });

const folderMappings = z.array(z.strictObject({ from: z.string(), to: z.string() }));

export const batchOptionsSchema = z.strictObject({
  include: z.array(z.string()),
  exclude: z.array(z.string()),
  map: folderMappings,
  folderPrefix: z.string().nullable(),
  includeShared: z.boolean(),
  /** The treatment of messages that the source marks as deleted: sent as they are, sent without the mark, or left out. */
  deleted: z.enum(DELETED_MODES),
  /** The date that a message is given: the source's INTERNALDATE where it has one, or that of its headers. */
  dates: z.enum(DATE_SOURCES),
  /** The first and the last day. Messages with an INTERNALDATE before or after are left out; null: no such bound. */
  since: daySchema.nullable(),
  until: daySchema.nullable(),
  /**
   * Of a source whose folders are labels (Gmail): a message of several goes into the first of them, into each, or into one
   * with its labels as keywords. Null: not asked for, `first-folder` where there are labels.
   */
  labels: z.enum(LABEL_POLICIES).nullable(),
  /** Messages over this many bytes are entered as TOOBIG and not transferred; null: only the server's limit counts. */
  maxSize: z.int().positive().nullable(),
  /** Bytes of message data in flight over all workers. */
  memory: z.int().positive(),
  /** Seconds between two first starts at one source; both 0: all at once. */
  stagger: z.strictObject({ min: z.number().min(0), max: z.number().min(0) }),
  concurrency: z.int().min(1).max(100),
  order: z.enum(MAILBOX_ORDERS),
  /** Only mailboxes of this wave start; null: all do. */
  wave: waveSchema.nullable(),
  /** Whether mailboxes that wait are counted before they start, by one connection to the source at a time. */
  look: z.enum(LOOKS),
  /** Hours in which mailboxes may be at work, in minutes of the day, by the clocks of a zone; null: always. */
  window: z
    .strictObject({
      from: z.int().min(0).max(1439),
      to: z.int().min(0).max(1439),
      zone: zoneSchema,
    })
    .refine(({ from, to }) => from !== to, 'a window of no time')
    .nullable(),
});
export type BatchOptions = z.infer<typeof batchOptionsSchema>;

/** Options that a row of the plan sets for its mailbox; null: the batch's option counts. */
export const ownOptionsSchema = z.strictObject({
  include: z.array(z.string()).nullable(),
  exclude: z.array(z.string()).nullable(),
  map: folderMappings.nullable(),
  since: daySchema.nullable(),
});
export type OwnOptions = z.infer<typeof ownOptionsSchema>;

/** One row of the plan, without its passwords. */
export const planRowSchema = z.strictObject({
  /** Stable, safe as a file name, unique in the batch. */
  id: z.string().regex(/^[A-Za-z0-9._-]{1,120}$/),
  /** The operator's name for the mailbox: EmailAddress, or the destination user of `move`. */
  email: z.string().min(1),
  sourceUser: z.string().min(1),
  destinationUser: z.string().min(1),
  /** Folder of the source below which the mailbox lives (Exchange's UserRoot), or null. */
  userRoot: z.string().nullable(),
  /** Null: the row says nothing of its own. */
  own: ownOptionsSchema.nullable(),
  /** Keys of its endpoints among the others of the batch, null: the batch's own; null as a whole where both are. */
  at: z.strictObject({ source: z.string().nullable(), destination: z.string().nullable() }).nullable(),
  /**
   * The wave of the mailbox. Runs of this wave start it, and so do runs without a wave; null: only runs without a wave
   * do.
   */
  wave: waveSchema.nullable(),
  /** Row in the plan file, 1 for the header; 0 where there is no file. */
  row: z.int().min(0),
});
export type PlanRow = z.infer<typeof planRowSchema>;

export const BATCH_VERSION = 2;
const batchSchema = z.strictObject({
  version: z.literal(BATCH_VERSION),
  name: z.string(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  source: endpointSchema,
  destination: endpointSchema,
  /** Endpoints that rows of the plan name besides these, by key. */
  others: othersSchema,
  options: batchOptionsSchema,
  /** Absolute path of the plan, read again at resume for its passwords; null for `move`. */
  planPath: z.string().nullable(),
  mailboxes: z.array(planRowSchema),
});
export type Batch = z.infer<typeof batchSchema>;

/**
 * Fills in options that version 1 did not have and every build of version 2 wrote, with the values by which version 1
 * acted.
 */
const batchFrom1: FormerVersion['upgrade'] = ({ options, source, destination, ...json }) => ({
  ...json,
  version: 2,
  source: asksForLogin(source),
  destination: asksForLogin(destination),
  options: { deleted: 'carry', dates: 'internal', ...withZone(options) },
});

/** Fills in fields that earlier builds of version 2 did not write; their windows were in UTC. */
const filledIn: FormerVersion['upgrade'] = ({ options, source, destination, others, mailboxes, ...json }) => ({
  ...json,
  others: completedOthers(others),
  source: completed(source),
  destination: completed(destination),
  options: { look: 'ahead', labels: null, since: null, until: null, order: 'plan', wave: null, ...withZone(options) },
  mailboxes: Array.isArray(mailboxes) ? mailboxes.map((row: unknown) => withoutOwn(row)) : mailboxes,
});

const withoutOwn = (row: unknown) => (typeof row === 'object' ? { own: null, at: null, wave: null, ...row } : row);

function completed(endpoint: unknown): unknown {
  if (typeof endpoint !== 'object' || endpoint === null) return endpoint;
  const oauth = 'oauth' in endpoint ? endpoint.oauth : null;
  // The first builds kept the path of the file, and nothing else.
  const place = typeof oauth === 'string' ? { file: oauth, name: null } : oauth;
  return { limits: NO_LIMITS, passwordFile: null, passwordEnv: null, ...endpoint, oauth: place };
}

function completedOthers(others: unknown): unknown {
  if (typeof others !== 'object' || others === null) return { source: {}, destination: {} };
  return mapValues(others, (side) => (typeof side === 'object' && side !== null ? mapValues(side, completed) : side));
}

const mapValues = (all: object, change: (value: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(all).map(([key, value]) => [key, change(value)]));

function withZone(options: unknown): object {
  if (typeof options !== 'object' || options === null) return {};
  const window = 'window' in options ? options.window : null;
  return typeof window === 'object' && window !== null ? { ...options, window: { zone: UTC, ...window } } : options;
}

/** Version 1 accepted PREAUTH without an option. No operator has asked for it, so it becomes false. */
const asksForLogin = (endpoint: unknown) => (typeof endpoint === 'object' ? { ...endpoint, preauth: false } : endpoint);

export const batchKind: DocumentKind<Batch> = {
  what: 'batch',
  version: BATCH_VERSION,
  schema: batchSchema,
  former: [
    { version: 1, upgrade: batchFrom1 },
    { version: 2, upgrade: filledIn },
  ],
};
