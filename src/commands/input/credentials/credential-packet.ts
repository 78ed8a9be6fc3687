import { z } from 'zod';
import { Secret } from '../../../engine/imap/session/credentials.js';
import { type NoticeUrl, readNoticeUrl } from '../../../engine/notices/channels/notice-url.js';
import {
  type Batch,
  batchOptionsSchema,
  endpointSchema,
  oauthPlaceSchema,
  othersSchema,
} from '../../../store/batch/batch.js';
import { noticesWantedSchema } from '../../../store/batch/notices.js';
import type { Side } from '../../../words/side.js';
import type { NoticesOfRun } from '../notices/notice-options.js';
import { FLOWS } from '../oauth/oauth-settings.js';
import type { EndpointCredentials, Gathered } from './credentials-from.js';

/**
 * Everything that a detached engine gets besides its arguments: its batch as this command line changed it, and its
 * credentials. It goes through a pipe, as one line, and nowhere else: arguments and environment can be read by others.
 */
export interface EnginePacket {
  /** The endpoints and options of this run; the mailboxes are those of the stored batch. */
  readonly batch: Pick<Batch, 'source' | 'destination' | 'others' | 'options'>;
  readonly credentials: Gathered;
  /** Opened to be looked at: no mailbox starts before an operator says so. */
  readonly atRest?: boolean;
  /** Null, or none: the operator gets no notices. */
  readonly notices?: NoticesOfRun | null;
}

const argv = z.array(z.string());
const fallbackSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none-needed') }),
  z.strictObject({ kind: z.literal('token-command'), argv }),
  z.strictObject({ kind: z.literal('password-command'), argv }),
  z.strictObject({ kind: z.literal('password-file'), path: z.string() }),
  z.strictObject({
    kind: z.literal('oauth'),
    place: oauthPlaceSchema,
    flow: z.enum(FLOWS),
    environment: z.array(z.tuple([z.string(), z.string()])),
  }),
  z.strictObject({ kind: z.literal('environment'), password: z.string() }),
  z.strictObject({ kind: z.literal('answered-later'), by: z.enum(['one login', 'each mailbox']) }),
]);
const packedSchema = z.strictObject({
  own: z.array(z.tuple([z.string(), z.string()])),
  fallback: fallbackSchema,
  rows: z.int().min(0),
});
const sideSchema = z.array(z.tuple([z.string(), packedSchema]));
const packetSchema = z.strictObject({
  source: endpointSchema,
  destination: endpointSchema,
  others: othersSchema,
  options: batchOptionsSchema,
  atRest: z.boolean(),
  notices: z.strictObject({ wanted: noticesWantedSchema, urls: z.array(z.string()) }).nullable(),
  credentials: z.strictObject({ source: sideSchema, destination: sideSchema }),
});
type Packed = z.infer<typeof packedSchema>;

/** One line, with its end. Holds secrets in clear. */
export function packCredentials({ batch, credentials, atRest = false, notices = null }: EnginePacket): string {
  const packed: z.infer<typeof packetSchema> = {
    source: batch.source,
    destination: batch.destination,
    others: batch.others,
    options: batch.options,
    atRest,
    notices: notices && { wanted: notices.wanted, urls: notices.urls.map(({ url }) => url.reveal()) },
    credentials: { source: packSide(credentials.source), destination: packSide(credentials.destination) },
  };
  return `${JSON.stringify(packed)}\n`;
}

/** @returns null for what this version did not pack; no error repeats what stood there */
export function unpackCredentials(line: string): EnginePacket | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null;
  }
  const read = packetSchema.safeParse(json);
  if (!read.success) return null;
  const { credentials, atRest, notices, ...batch } = read.data;
  const gathered = { source: unpackSide(credentials.source), destination: unpackSide(credentials.destination) };
  return { batch, credentials: gathered, atRest, notices: notices && { ...notices, urls: unpackUrls(notices) } };
}

function unpackUrls({ wanted, urls }: NonNullable<z.infer<typeof packetSchema>['notices']>): readonly NoticeUrl[] {
  return urls.flatMap((url, at) => {
    const read = readNoticeUrl(url, wanted.urls[at]?.shape ?? null);
    return read.ok ? [read.url] : [];
  });
}

function packSide(side: Gathered[Side]): z.infer<typeof sideSchema> {
  return [...side].map(([key, credentials]) => [key, pack(credentials)]);
}

function pack({ own, fallback, rows }: EndpointCredentials): Packed {
  return {
    own: [...own].map(([id, secret]) => [id, secret.reveal()]),
    fallback: packFallback(fallback),
    rows,
  };
}

function packFallback(fallback: EndpointCredentials['fallback']): Packed['fallback'] {
  switch (fallback.kind) {
    case 'environment':
      return { kind: fallback.kind, password: fallback.password.reveal() };
    case 'oauth':
      return { ...fallback, environment: [...fallback.environment].map(([name, secret]) => [name, secret.reveal()]) };
    case 'token-command':
    case 'password-command':
      return { kind: fallback.kind, argv: [...fallback.argv] };
    case 'none-needed':
    case 'password-file':
    case 'answered-later':
      return fallback;
  }
}

function unpackSide(side: z.infer<typeof sideSchema>): Gathered[Side] {
  return new Map(side.map(([key, packed]) => [key, unpack(packed)]));
}

function unpack({ own, fallback, rows }: Packed): EndpointCredentials {
  return {
    own: new Map(own.map(([id, secret]) => [id, new Secret(secret)])),
    fallback: unpackFallback(fallback),
    rows,
  };
}

function unpackFallback(fallback: Packed['fallback']): EndpointCredentials['fallback'] {
  switch (fallback.kind) {
    case 'environment':
      return { kind: fallback.kind, password: new Secret(fallback.password) };
    case 'oauth':
      return {
        ...fallback,
        environment: new Map(fallback.environment.map(([name, secret]) => [name, new Secret(secret)])),
      };
    default:
      return fallback;
  }
}
