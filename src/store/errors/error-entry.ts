import { createHash } from 'node:crypto';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import type { Doubles } from '../ledger/doubles.js';
import type { Uid } from '../uid/uid.js';
import type { UidSet } from '../uid/uid-set.js';
import type { HalfHours } from './half-hours.js';

/** Where something failed, and why: what one entry of the error ledger has in common. */
export interface ErrorPlace {
  readonly side: Side;
  readonly command: string;
  /** Source folder, whichever side failed: its UIDs are those of the entry. Null: before any folder. */
  readonly folder: string | null;
  readonly code: string | null;
  /** The response without what differs from message to message. */
  readonly cause: string;
}

/** One cause of failure in one place, and all that failed of it. The sets are live. */
export interface ErrorEntry extends ErrorPlace {
  /** Source UIDs that failed and are to be copied still. */
  readonly uids: UidSet;
  /** Source UIDs that failed and were left out by an operator's decision: not open, and they can come back. */
  readonly skipped: UidSet;
  /** How often each of `uids` and `skipped` was tried: count -> UIDs. */
  readonly attempts: Map<number, UidSet>;
  /**
   * Messages that stand twice at the destination. They are settled, so the entry has no UIDs of the source and is open
   * by itself; null for any other entry.
   */
  doubles: Doubles | null;
  /** An operator accepted it: an entry of no message that does not count as open, however often it happens. */
  accepted: boolean;
  /** How often it happened. */
  times: number;
  /** Of `times`, how many in which half hour. */
  readonly when: HalfHours;
  /** Milliseconds since the epoch. */
  readonly firstAt: number;
  lastAt: number;
  /** The first response, whole (2,000 characters at most); of doubles what is told of all of them. */
  sample: string;
  verdict: Verdict;
  /** A UID's own last response, where it differs from the sample; 1,000 at most. */
  readonly own: Map<Uid, string>;
}

type Judged = Pick<ErrorEntry, 'verdict'>;

/** A failure that is of no message: a login, a folder. */
export function isOfNoMessage({ uids, skipped }: Pick<ErrorEntry, 'uids' | 'skipped'>): boolean {
  return uids.isEmpty && skipped.isEmpty;
}

/** It says what became of a message that was copied; nothing is left to do about it. */
export function isNote(verdict: Verdict): boolean {
  return verdict.next === 'note';
}

/** The same text for the same place. A note and an error are never one entry, however alike: they mean the opposite. */
export function placeKey({ side, command, folder, code, cause, verdict }: ErrorPlace & Judged): string {
  return JSON.stringify([side, command, folder, code, cause, isNote(verdict) ? 'note' : 'error']);
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

/** Asked for again and again by whoever looks at thousands; the place of an entry never changes. */
const ids = new WeakMap<ErrorPlace & Judged, string>();
