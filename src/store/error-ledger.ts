import { z } from 'zod';
import type { Side } from '../words/side.js';
import type { Kind, Verdict } from '../words/verdict.js';
import { putIn, type Tried, takeOut } from './error-attempts.js';
import { type ErrorEntry, errorEntrySchema, readEntry, writeEntry } from './error-entry.js';
import { causeOf } from './response-cause.js';
import type { Uid } from './uid.js';
import { UidSet } from './uid-set.js';

/** Characters of a response that are kept. */
const LONGEST_RESPONSE = 2_000;

export interface Failure {
  readonly side: Side;
  readonly command: string;
  /** Source folder, whichever side failed; null before any folder. */
  readonly folder: string | null;
  /** Source UIDs; empty when the failure is of no message. */
  readonly uids: Iterable<Uid>;
  readonly response: string;
  readonly verdict: Verdict;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What an operator sees as one line: a response code, or a kind where responses carry none. */
export interface ErrorGroup {
  readonly code: string | null;
  readonly kind: Kind;
  readonly entries: readonly ErrorEntry[];
  /** Messages that failed of it. */
  readonly messages: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export const errorLedgerSchema = z.array(errorEntrySchema);
export type ErrorLedgerDocument = z.infer<typeof errorLedgerSchema>;

/**
 * What is failing in a mailbox now. An entry is a cause in a place, so a million failures with one cause are
 * one entry; a UID stands in one entry of its folder, that of its last failure, and leaves when it succeeds.
 */
export class ErrorLedger {
  readonly #entries = new Map<string, ErrorEntry>();
  /** Per source folder: all UIDs that stand in an entry, so that what never failed is not searched for. */
  readonly #open = new Map<string | null, UidSet>();

  static fromDocument(stored: ErrorLedgerDocument): ErrorLedger {
    const ledger = new ErrorLedger();
    for (const entry of stored.map(readEntry)) {
      ledger.#entries.set(keyOf(entry), entry);
      if (!isNote(entry.verdict)) ledger.#openIn(entry.folder).addAll(entry.uids);
    }
    return ledger;
  }

  toDocument(): ErrorLedgerDocument {
    return [...this.#entries.values()].map(writeEntry);
  }

  get entries(): readonly ErrorEntry[] {
    return [...this.#entries.values()];
  }

  /** Messages that stand in an entry. */
  get messages(): number {
    let messages = 0;
    for (const open of this.#open.values()) messages += open.size;
    return messages;
  }

  /** What stands open: failed messages, and failures that are of no message. Notes are not among them. */
  get open(): number {
    let open = this.messages;
    for (const { uids, verdict } of this.#entries.values()) if (uids.isEmpty && !isNote(verdict)) open++;
    return open;
  }

  /** @returns the entry it was entered in */
  record(failure: Failure): ErrorEntry {
    const uids = UidSet.from(failure.uids);
    const response = failure.response.slice(0, LONGEST_RESPONSE);
    const entry = this.#entryFor(failure, response);
    if (isNote(failure.verdict)) return this.#note(entry, uids, response, failure);
    const open = this.#openIn(failure.folder);
    const before = this.#takeAnywhere(failure.folder, uids.intersect(open), entry);
    putIn(entry, uids, before, response);
    open.addAll(uids);
    entry.times++;
    entry.lastAt = failure.at;
    entry.verdict = failure.verdict;
    return entry;
  }

  /** These messages succeeded, or are no longer to be copied. */
  clear(folder: string, uids: Iterable<Uid>): void {
    const open = this.#open.get(folder);
    if (open === undefined || open.isEmpty) return;
    const going = UidSet.from(uids).intersect(open);
    if (going.isEmpty) return;
    this.#takeAnywhere(folder, going, null);
    open.deleteAll(going);
  }

  /** Closes whole entries, as those of a login when the next one succeeds. @returns how many */
  close(which: (entry: ErrorEntry) => boolean): number {
    let closed = 0;
    for (const [key, entry] of this.#entries) {
      if (!which(entry)) continue;
      this.#entries.delete(key);
      if (!isNote(entry.verdict)) this.#openIn(entry.folder).deleteAll(entry.uids);
      closed++;
    }
    return closed;
  }

  /** UIDs of a source folder that stand in an entry. A copy. */
  failed(folder: string): UidSet {
    return this.#open.get(folder)?.clone() ?? new UidSet();
  }

  /** By response code, and by kind where there is none; most messages first. */
  groups(): ErrorGroup[] {
    const groups = new Map<string, ErrorEntry[]>();
    for (const entry of this.#entries.values()) {
      const key = entry.code === null ? ` ${entry.verdict.kind}` : entry.code;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
    return [...groups.values()].map(groupOf).sort((a, b) => b.messages - a.messages || b.lastAt - a.lastAt);
  }

  /** A message may have been changed in several ways: it stands in each note, and stays when it is settled. */
  #note(entry: ErrorEntry, uids: UidSet, response: string, { at, verdict }: Failure): ErrorEntry {
    putIn(entry, uids, takeOut(entry, uids), response);
    entry.times++;
    entry.lastAt = at;
    entry.verdict = verdict;
    return entry;
  }

  #entryFor(failure: Failure, response: string): ErrorEntry {
    const { side, command, folder, verdict, at } = failure;
    const place = { side, command, folder, code: verdict.code, cause: causeOf(response) };
    const key = keyOf(place);
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry: ErrorEntry = {
      ...place,
      uids: new UidSet(),
      attempts: new Map(),
      times: 0,
      firstAt: at,
      lastAt: at,
      sample: response,
      verdict,
      own: new Map(),
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /** Takes UIDs out of whichever entries of the folder hold them; an entry left empty goes, except `keep`. */
  #takeAnywhere(folder: string | null, uids: UidSet, keep: ErrorEntry | null): Tried {
    const tried: (readonly [number, UidSet])[] = [];
    let left = uids.size;
    const take = (entry: ErrorEntry): void => {
      for (const [count, taken] of takeOut(entry, uids)) {
        tried.push([count, taken]);
        left -= taken.size;
      }
    };
    if (keep !== null && left > 0) take(keep);
    for (const [key, entry] of this.#entries) {
      if (left === 0) break;
      if (entry === keep || entry.folder !== folder || entry.uids.isEmpty || isNote(entry.verdict)) continue;
      take(entry);
      if (entry.uids.isEmpty) this.#entries.delete(key);
    }
    return tried;
  }

  #openIn(folder: string | null): UidSet {
    let open = this.#open.get(folder);
    if (open === undefined) {
      open = new UidSet();
      this.#open.set(folder, open);
    }
    return open;
  }
}

/** It says what became of a message that was copied; nothing is left to do about it. */
export function isNote(verdict: Verdict): boolean {
  return verdict.next === 'note';
}

function keyOf(place: Pick<ErrorEntry, 'side' | 'command' | 'folder' | 'code' | 'cause'>): string {
  return JSON.stringify([place.side, place.command, place.folder, place.code, place.cause]);
}

function groupOf(entries: readonly ErrorEntry[]): ErrorGroup {
  return {
    code: entries[0]!.code,
    kind: entries[0]!.verdict.kind,
    entries,
    messages: entries.reduce((sum, { uids }) => sum + uids.size, 0),
    firstAt: Math.min(...entries.map(({ firstAt }) => firstAt)),
    lastAt: Math.max(...entries.map(({ lastAt }) => lastAt)),
  };
}
