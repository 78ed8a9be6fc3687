import { z } from 'zod';
import type { DocumentKind, FormerVersion } from '../documents/document-kind.js';
import { decimal, pairsText, uidSetText, uidValidity } from '../documents/field-schemas.js';
import { MAX_UID } from '../uid/uid.js';
import { ledgerLabelsSchema } from './carried.js';
import { keepingSchema } from './keeping.js';

/** folders/<id>.json and the sealed parts beside it, folders/<id>.<n>.json. */

const ledgerSide = z.strictObject({
  folder: z.string(),
  /** Null until the folder was first opened. */
  uidValidity: uidValidity.nullable(),
});
export type LedgerSide = Readonly<z.infer<typeof ledgerSide>>;

/** A source folder and the destination folder that it is copied to. */
export interface FolderPair {
  readonly source: string;
  readonly destination: string;
}

export const UID_LEDGER_VERSION = 2;

const uidLedgerSchema = z.strictObject({
  version: z.literal(UID_LEDGER_VERSION),
  id: z.string(),
  source: ledgerSide,
  destination: ledgerSide,
  /** A destination UID below which every message of ours is in this ledger. It is at most one above the largest UID. */
  floor: z
    .int()
    .min(1)
    .max(MAX_UID + 1),
  /** APPENDs may be under way or were broken off: what stands at the floor and above is unknown until it was read. */
  writing: z.boolean(),
  /** A destination UID below which everything was read back and compared with what was sent. */
  verifiedTo: z
    .int()
    .min(1)
    .max(MAX_UID + 1),
  /** Source UIDs of odd messages (NUL, 8-bit headers) that were sent and not read back yet. */
  odd: uidSetText,
  /**
   * Source UIDs that were sent without flags or without `\Deleted`, or that may have been sent repaired; absent: none.
   */
  treated: z.strictObject({ withoutFlags: uidSetText, withoutDeleted: uidSetText, repaired: uidSetText }).optional(),
  /** The labels of a source whose folders are labels; absent: there is nothing of it. */
  labels: ledgerLabelsSchema.optional(),
  /** Whether the destination keeps what it took; absent: nothing is left to be looked at, and nothing was lost. */
  keeping: keepingSchema.optional(),
  /** MODSEQ of the source, from before the scan that this ledger came from (RFC 7162); null: none, or NOMODSEQ. */
  highestModseq: decimal.nullable(),
  /** Numbers of the sealed parts that belong to it, as a set. A part that is not listed is a leftover. */
  shards: uidSetText,
  /** The number of the next part. It never goes back, so that no listed part is written again. */
  nextShard: z.int().min(1),
  pairs: pairsText,
  unknown: uidSetText,
  vanished: uidSetText,
  skipped: z.array(z.strictObject({ by: z.string(), why: z.string(), uids: uidSetText })),
});
export type UidLedgerDocument = z.infer<typeof uidLedgerSchema>;

/** Version 1 could not send messages without `\Deleted`. */
const ledgerFrom1: FormerVersion['upgrade'] = (json) => {
  const treated = z.looseObject({}).safeParse(json.treated);
  return { ...json, version: 2, ...(treated.success ? { treated: { ...treated.data, withoutDeleted: '' } } : {}) };
};
const shardFrom1: FormerVersion['upgrade'] = (json) => ({ ...json, version: 2 });

export const uidLedgerKind: DocumentKind<UidLedgerDocument> = {
  what: 'UID ledger',
  version: UID_LEDGER_VERSION,
  schema: uidLedgerSchema,
  former: [{ version: 1, upgrade: ledgerFrom1 }],
  mend: (document) => ({
    ...document,
    // Flags are then compared from the start.
    highestModseq: decimal.safeParse(document.highestModseq).success ? document.highestModseq : null,
  }),
};

const uidShardSchema = z.strictObject({
  version: z.literal(UID_LEDGER_VERSION),
  ledger: z.string(),
  shard: z.int().min(1),
  pairs: pairsText,
  unknown: uidSetText,
  vanished: uidSetText,
});
export type UidShardDocument = z.infer<typeof uidShardSchema>;

export const uidShardKind: DocumentKind<UidShardDocument> = {
  what: 'sealed part of a UID ledger',
  version: UID_LEDGER_VERSION,
  schema: uidShardSchema,
  former: [{ version: 1, upgrade: shardFrom1 }],
};

/** The ledger of a folder that was never opened. */
export function emptyUidLedger(id: string, pair: FolderPair): UidLedgerDocument {
  return {
    version: UID_LEDGER_VERSION,
    id,
    source: { folder: pair.source, uidValidity: null },
    destination: { folder: pair.destination, uidValidity: null },
    floor: 1,
    writing: false,
    verifiedTo: 1,
    odd: '',
    highestModseq: null,
    shards: '',
    nextShard: 1,
    pairs: { source: '', destination: '' },
    unknown: '',
    vanished: '',
    skipped: [],
  };
}
