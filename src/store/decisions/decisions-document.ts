import { z } from 'zod';
import { TREATMENTS } from '../../words/decision.js';
import { KINDS } from '../../words/verdict.js';
import type { DocumentKind } from '../documents/document-kind.js';
import { count, instant, side, uid, uidSetText, uidValidity } from '../documents/field-schemas.js';

/** decisions.json: the decisions of operators in this batch. They are remembered nowhere else. */

/** A part of a decision: UIDs of one folder of one mailbox, or one failure of no message. */
const partSchema = z.strictObject({
  /** Id of the mailbox. */
  mailbox: z.string(),
  /** Source folder; null for a failure before any folder. */
  folder: z.string().nullable(),
  /** UIDVALIDITY of the source folder when it was decided; null: not known. Under another one its UIDs mean other messages. */
  uidValidity: uidValidity.nullable(),
  /** Source UIDs; '' for a failure of no message. */
  uids: uidSetText,
  /** Id of the entry in the error ledger, for a failure of no message; else null. */
  entry: z.string().nullable(),
  /**
   * `waiting`: it has no outcome yet. `taken`: a worker has begun on it. `done`: it was tried.
   * `undone`: taken back before a worker took it.
   */
  state: z.enum(['waiting', 'taken', 'done', 'undone']),
});
export type DecisionPart = z.infer<typeof partSchema>;

const treatment = z.enum(TREATMENTS);

/** The messages that one command of a quarantine moved. */
const movedSchema = z.strictObject({
  /** The part of the scope, by position. */
  part: z.int().min(0),
  way: z.enum(['MOVE', 'COPY']),
  /** The folder of the destination in which they stood, and UIDVALIDITY of both. */
  folder: z.string(),
  uidValidity: uidValidity.nullable(),
  toUidValidity: uidValidity.nullable(),
  /** UID at the source, UID before, UID in the other folder (null: not told), SHA-256 of the bytes. */
  messages: z.array(z.tuple([uid, uid, uid.nullable(), z.string()])),
});
export type MovedAway = z.infer<typeof movedSchema>;

const actionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('retry'), notBefore: instant, treatment }),
  z.strictObject({
    do: z.literal('try-first'),
    treatment,
    /** Source UIDs of these parts are tried first. The number is the position in `scope`. */
    first: z.array(z.strictObject({ part: z.int().min(0), uids: uidSetText })),
    outcome: z.enum(['open', 'passed', 'failed']),
  }),
  z.strictObject({ do: z.literal('skip'), why: z.string() }),
  z.strictObject({ do: z.literal('backoff'), factor: z.number().min(1).nullable(), until: instant }),
  z.strictObject({ do: z.literal('release') }),
  /**
   * Second copies were moved to another folder of the destination. The moved messages are written after each command.
   */
  z.strictObject({ do: z.literal('quarantine'), to: z.string(), moved: z.array(movedSchema) }),
  /** Nothing more of these mailboxes is tried. */
  z.strictObject({ do: z.literal('give-up'), why: z.string() }),
  z.strictObject({ do: z.literal('undo'), of: z.int().min(1) }),
]);
export type DecidedAction = z.infer<typeof actionSchema>;

const decisionSchema = z.strictObject({
  /** Decisions are numbered from 1. Of two decisions about the same UIDs the later one counts. */
  id: z.int().min(1),
  at: instant,
  /** The operator who decided, by the name they gave. */
  by: z.string(),
  /** The selection in words: `OVERQUOTA`. */
  about: z.string(),
  action: actionSchema,
  scope: z.array(partSchema),
});
export type Decision = z.infer<typeof decisionSchema>;

const correctionSchema = z.strictObject({
  id: z.string(),
  at: instant,
  by: z.string().optional(),
  pattern: z.strictObject({
    side,
    command: z.string().nullable(),
    code: z.string().nullable(),
    cause: z.string(),
  }),
  kind: z.enum(KINDS),
  sample: z.string(),
});

/** How the batch stood when an operator last looked. */
const lookedSchema = z.strictObject({
  at: instant,
  by: z.string(),
  copied: count,
  synced: count,
  failed: count,
});
export type Looked = z.infer<typeof lookedSchema>;

const DECISIONS_VERSION = 2;

const decisionsSchema = z.strictObject({
  version: z.literal(DECISIONS_VERSION),
  decisions: z.array(decisionSchema),
  corrections: z.array(correctionSchema),
  looked: lookedSchema.nullable(),
});
export type DecisionsDocument = z.infer<typeof decisionsSchema>;

export const decisionsKind: DocumentKind<DecisionsDocument> = {
  what: 'document of decisions',
  version: DECISIONS_VERSION,
  schema: decisionsSchema,
  // Version 1 knew no quarantine.
  former: [{ version: 1, upgrade: (json) => ({ ...json, version: 2 }) }],
};

export const noDecisions = (): DecisionsDocument => ({
  version: DECISIONS_VERSION,
  decisions: [],
  corrections: [],
  looked: null,
});
