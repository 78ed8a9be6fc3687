import { createHash } from 'node:crypto';
import { foundText } from '../../words/findings/found-text.js';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { type Doubles, doublesFound } from '../ledger/doubles.js';
import type { Uid } from '../uid/uid.js';
import type { UidSet } from '../uid/uid-set.js';
import type { HalfHours } from './half-hours.js';
import { withOneNumber } from './response-cause.js';

/** Where and why something failed: the parts that all failures of one entry have in common. */
export interface ErrorPlace {
  readonly side: Side;
  readonly command: string;
  /** Source folder, whichever side failed: its UIDs are those of the entry. Null: before any folder. */
  readonly folder: string | null;
  readonly code: string | null;
  /** The response without the parts that differ from message to message. */
  readonly cause: string;
}

/** One cause of failure in one place, with everything that failed for it. The sets are live. */
export interface ErrorEntry extends ErrorPlace {
  /** Source UIDs that failed and are still to be copied. */
  readonly uids: UidSet;
  /** Source UIDs that failed and were left out by an operator's decision: not open, and they can come back. */
  readonly skipped: UidSet;
  /** How often each of `uids` and `skipped` was tried: count -> UIDs. */
  readonly attempts: Map<number, UidSet>;
  /**
   * Messages that are at the destination twice. These are settled, so the entry has no source UIDs and is open by
   * itself; null for any other entry.
   */
  doubles: Doubles | null;
  /** An operator accepted this failure of no message: it does not count as open, however often it happens. */
  accepted: boolean;
  /** How often it happened. */
  times: number;
  /** How many of `times` were in which half hour. */
  readonly when: HalfHours;
  /** Milliseconds since the epoch. */
  readonly firstAt: number;
  lastAt: number;
  /** The first response, whole (2,000 characters at most). For doubles, a text about all of them. */
  sample: string;
  verdict: Verdict;
  /** The last response of single UIDs, where it differs from the sample; 1,000 UIDs at most. */
  readonly own: Map<Uid, string>;
}

type Judged = Pick<ErrorEntry, 'verdict'>;

/** Whether a failure is about no message: about a login, or a folder. */
export function isOfNoMessage({ uids, skipped }: Pick<ErrorEntry, 'uids' | 'skipped'>): boolean {
  return uids.isEmpty && skipped.isEmpty;
}

/** Whether the verdict is a note about a message that was copied. Nothing is left to do about it. */
export function isNote(verdict: Verdict): boolean {
  return verdict.next === 'note';
}

/**
 * A text that is equal for equal places. A note and an error are never one entry, however alike, because they mean the
 * opposite.
 */
export function placeKey({ side, command, folder, code, cause, verdict }: ErrorPlace & Judged): string {
  return JSON.stringify([side, command, folder, code, cause, isNote(verdict) ? 'note' : 'error']);
}

/** The key by which an entry is found again. Its name is another text where an earlier build wrote its cause. */
export function findKey(entry: ErrorPlace & Judged): string {
  return placeKey({ ...entry, cause: withOneNumber(entry.cause) });
}

/**
 * The name of an entry for consoles and scripts, the same in every run: 16 hex digits of the SHA-256
 * of its place.
 */
export function entryId(entry: ErrorPlace & Judged): string {
  let id = ids.get(entry);
  if (id === undefined) {
    id = createHash('sha256').update(placeKey(entry)).digest('hex').slice(0, 16);
    ids.set(entry, id);
  }
  return id;
}

/**
 * Ids that were made already. Readers of thousands of entries ask again and again, and the place of an entry never
 * changes.
 */
const ids = new WeakMap<ErrorPlace & Judged, string>();

/** Gives an entry its second copies, and says what is known of all of them. */
export function putDoubles(entry: ErrorEntry, doubles: Doubles): void {
  entry.doubles = doubles;
  const found = doublesFound(doubles);
  entry.sample = foundText(found);
  entry.verdict = { ...entry.verdict, grounds: { key: 'found', found } };
}
