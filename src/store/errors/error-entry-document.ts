import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Grounds } from '../../words/grounds/grounds.js';
import type { Verdict } from '../../words/verdict.js';
import { isUidSetText } from '../documents/field-schemas.js';
import { groundsSchema } from '../documents/grounds-schema.js';
import { type DoublesText, isDoublesText, readDoubles, writeDoubles } from '../ledger/doubles.js';
import { isUid } from '../uid/uid.js';
import { UidSet } from '../uid/uid-set.js';
import type { Cause } from './cause.js';
import type { ErrorEntry } from './error-entry.js';
import { halfHourOf } from './half-hours.js';
import { LOST_RULE } from './lost-causes.js';
import { applyDifference, differenceTo, type TextDifference } from './text-difference.js';

/** UIDs by how often they were tried: [[1,"4:9,12"],[2,"7"]]. */
type TriedText = [count: number, uids: string][];

/** An entry of the error ledger as mailbox.json holds it. Values that are the default are not written. */
export interface ErrorEntryDocument {
  /** The name of its cause in causes.json. */
  readonly cause: string;
  readonly folder: string | null;
  readonly failed?: TriedText;
  readonly skipped?: TriedText;
  readonly doubles?: DoublesText;
  readonly accepted?: true;
  readonly times: number;
  /** Half hours since that of `firstAt`, and how often in each. */
  readonly when: [halfHour: number, times: number][];
  readonly firstAt: number;
  readonly lastAt: number;
  /** The sample, where it differs from the cause's. */
  readonly sample?: TextDifference;
  /** The wait that the server named last; absent: none. */
  readonly waitSeconds?: number;
  /** The grounds of the verdict, where they differ from the cause's. */
  readonly grounds?: Grounds;
  /** The same as earlier builds wrote it: the difference of a sentence to the cause's. */
  readonly reason?: TextDifference;
  /** Responses of single UIDs, where they differ from the sample: [7,[12,"Message 7",11]]. */
  readonly own?: [uid: number, response: TextDifference][];
}

/**
 * Checked by hand and not by zod: a batch may hold tens of thousands, and this takes a tenth of the time
 * (docs/decisions/0007).
 */
export const errorEntrySchema = z.custom<ErrorEntryDocument>(isErrorEntry, 'not an entry of an error ledger');

/** @param cause  that of the entry, as causes.json has it, and what it is called there */
export function writeEntry(entry: ErrorEntry, [id, cause]: readonly [id: string, cause: Cause]): ErrorEntryDocument {
  const { attempts, uids, skipped, own, verdict } = entry;
  return {
    cause: id,
    folder: entry.folder,
    ...(uids.isEmpty ? null : { failed: triedOf(attempts, uids) }),
    ...(skipped.isEmpty ? null : { skipped: triedOf(attempts, skipped) }),
    ...(entry.doubles ? { doubles: writeDoubles(entry.doubles) } : null),
    ...(entry.accepted ? { accepted: true } : null),
    times: entry.times,
    when: Array.from(entry.when, ([halfHour, times]) => [halfHour - halfHourOf(entry.firstAt), times]),
    firstAt: entry.firstAt,
    lastAt: entry.lastAt,
    ...(entry.sample === cause.sample ? null : { sample: differenceTo(cause.sample, entry.sample) }),
    ...(verdict.waitSeconds === 0 ? null : { waitSeconds: verdict.waitSeconds }),
    ...(isDeepStrictEqual(verdict.grounds, cause.verdict.grounds) ? null : { grounds: verdict.grounds }),
    ...(own.size === 0 ? null : { own: Array.from(own, ([uid, text]) => [uid, differenceTo(entry.sample, text)]) }),
  };
}

export function readEntry(stored: ErrorEntryDocument, cause: Cause): ErrorEntry {
  const { folder, times, firstAt, lastAt, failed = [], skipped = [] } = stored;
  const attempts = new Map<number, UidSet>();
  const tell = cause.verdict.rule === LOST_RULE ? whatIsLeft : applyDifference;
  const sample = stored.sample === undefined ? cause.sample : tell(cause.sample, stored.sample);
  return {
    side: cause.side,
    command: cause.command,
    folder,
    code: cause.verdict.code,
    cause: cause.cause,
    uids: readTried(failed, attempts),
    skipped: readTried(skipped, attempts),
    attempts,
    doubles: stored.doubles ? readDoubles(stored.doubles) : null,
    accepted: stored.accepted ?? false,
    times,
    when: new Map(stored.when.map(([later, times]) => [halfHourOf(firstAt) + later, times])),
    firstAt,
    lastAt,
    sample,
    verdict: readVerdict(stored, cause),
    own: new Map(stored.own?.map(([uid, difference]) => [uid, tell(sample, difference)])),
  };
}

/** The part of a text that is left when the text from which it differs was lost with its cause. */
function whatIsLeft(_: string, [, instead]: TextDifference): string {
  return `… ${instead} … (the rest is no longer known)`;
}

/** The verdict of an entry. All entries of a cause share one object, where they can. */
function readVerdict({ waitSeconds = 0, grounds, reason }: ErrorEntryDocument, { verdict }: Cause): Verdict {
  if ((waitSeconds === 0 && grounds === undefined && reason === undefined) || verdict.rule === LOST_RULE)
    return verdict;
  return { ...verdict, waitSeconds, grounds: grounds ?? withDifference(verdict.grounds, reason) };
}

/** A cause that was entered anew has no sentence: its own grounds say the same but for a number. */
function withDifference(grounds: Grounds, difference: TextDifference | undefined): Grounds {
  if (difference === undefined || grounds.key !== 'as-written') return grounds;
  return { key: 'as-written', text: applyDifference(grounds.text, difference) };
}

function triedOf(attempts: ReadonlyMap<number, UidSet>, uids: UidSet): TriedText {
  const tried: TriedText = [];
  for (const [count, all] of attempts) {
    const some = all.intersect(uids);
    if (!some.isEmpty) tried.push([count, some.toString()]);
  }
  return tried;
}

/** Reads UIDs with their tries, and enters them in `attempts`.  @returns all of them */
function readTried(tried: TriedText, attempts: Map<number, UidSet>): UidSet {
  let all = new UidSet();
  for (const [count, text] of tried) {
    const uids = UidSet.parse(text);
    const known = attempts.get(count);
    if (known === undefined) attempts.set(count, uids);
    else known.addAll(uids);
    all = all.isEmpty ? uids.clone() : all.union(uids);
  }
  return all;
}

const FIELDS: ReadonlySet<string> = new Set<keyof ErrorEntryDocument>([
  'cause',
  'folder',
  'failed',
  'skipped',
  'doubles',
  'accepted',
  'times',
  'when',
  'firstAt',
  'lastAt',
  'sample',
  'waitSeconds',
  'grounds',
  'reason',
  'own',
]);

function isErrorEntry(value: unknown): value is ErrorEntryDocument {
  if (typeof value !== 'object' || value === null) return false;
  for (const field in value) if (!FIELDS.has(field)) return false;
  const entry: { readonly [field in keyof ErrorEntryDocument]?: unknown } = value;
  return (
    typeof entry.cause === 'string' &&
    (entry.folder === null || typeof entry.folder === 'string') &&
    (entry.failed === undefined || isListOf(entry.failed, isTried)) &&
    (entry.skipped === undefined || isListOf(entry.skipped, isTried)) &&
    (entry.doubles === undefined || isDoublesText(entry.doubles)) &&
    (entry.accepted === undefined || entry.accepted === true) &&
    isWhole(entry.times, 1) &&
    isListOf(entry.when, isHalfHour) &&
    isAtLeastZero(entry.firstAt) &&
    isAtLeastZero(entry.lastAt) &&
    (entry.sample === undefined || isDifference(entry.sample)) &&
    (entry.waitSeconds === undefined || isAtLeastZero(entry.waitSeconds)) &&
    (entry.grounds === undefined || groundsSchema.safeParse(entry.grounds).success) &&
    (entry.reason === undefined || isDifference(entry.reason)) &&
    (entry.own === undefined || isListOf(entry.own, isOwn))
  );
}

function isTried(value: unknown): boolean {
  return isTuple(value, 2) && isWhole(value[0], 1) && typeof value[1] === 'string' && isUidSetText(value[1]);
}

function isHalfHour(value: unknown): boolean {
  // The half hour may be below 0, where the clock was put back.
  return isTuple(value, 2) && Number.isSafeInteger(value[0]) && isWhole(value[1], 1);
}

function isOwn(value: unknown): boolean {
  return isTuple(value, 2) && typeof value[0] === 'number' && isUid(value[0]) && isDifference(value[1]);
}

function isDifference(value: unknown): boolean {
  return isTuple(value, 3) && isWhole(value[0], 0) && typeof value[1] === 'string' && isWhole(value[2], 0);
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

function isTuple(value: unknown, length: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length === length;
}

function isWhole(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

function isAtLeastZero(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}
