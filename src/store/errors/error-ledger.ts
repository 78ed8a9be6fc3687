import { z } from 'zod';
import { withMore, withoutDoubles } from '../ledger/doubles.js';
import type { Uid } from '../uid/uid.js';
import { UidSet } from '../uid/uid-set.js';
import type { Causes } from './causes.js';
import { putIn, type Tried, takeOut } from './error-attempts.js';
import { type ErrorEntry, entryId, findKey, isNote, isOfNoMessage, placeKey, putDoubles } from './error-entry.js';
import { errorEntrySchema, readEntry, writeEntry } from './error-entry-document.js';
import type { Failure } from './failure.js';
import { happened } from './half-hours.js';
import { causeOf, LONGEST_RESPONSE } from './response-cause.js';
import { UidsByFolder } from './uids-by-folder.js';

export { entryId, isNote, isOfNoMessage };

export const errorLedgerSchema = z.array(errorEntrySchema);
export type ErrorLedgerDocument = z.infer<typeof errorLedgerSchema>;

/**
 * All failures of a mailbox. An entry is one cause in one place, so a million failures with one cause are one entry. A
 * UID is in one entry of its folder, that of its last failure, open or skipped, and leaves it when it succeeds.
 */
export class ErrorLedger {
  readonly #entries = new Map<string, ErrorEntry>();
  /** Failures of no message that seem to be over. One that happens again goes on with its entry. */
  readonly #aside = new Map<string, ErrorEntry>();
  #openByFolder: UidsByFolder | null = null;
  #skippedByFolder: UidsByFolder | null = null;

  /** @throws Error  when it names a cause that is not there */
  static fromDocument(stored: ErrorLedgerDocument, causes: Pick<Causes, 'find'>): ErrorLedger {
    const ledger = new ErrorLedger();
    for (const document of stored) {
      const cause = causes.find(document.cause);
      if (cause === undefined) throw new Error(`there is no cause ${document.cause}`);
      const entry = readEntry(document, cause);
      const key = findKey(entry);
      // An earlier build may have made two entries of one cause. Each keeps its name, and the first one goes on.
      ledger.#entries.set(ledger.#entries.has(key) ? placeKey(entry) : key, entry);
    }
    return ledger;
  }

  /** The document. Its causes are entered in `causes`, which must be on the disk before it. */
  toDocument(causes: Pick<Causes, 'enter'>): ErrorLedgerDocument {
    return [...this.#entries.values(), ...this.#aside.values()].map((entry) => writeEntry(entry, causes.enter(entry)));
  }

  get entries(): readonly ErrorEntry[] {
    return [...this.#entries.values()];
  }

  /** The number of messages in entries that were not skipped. */
  get messages(): number {
    let messages = 0;
    for (const { uids, verdict } of this.#entries.values()) if (!isNote(verdict)) messages += uids.size;
    return messages;
  }

  /**
   * The number of open failures: failed messages, and failures of no message. Notes do not count, nor does what an
   * operator skipped or accepted.
   */
  get open(): number {
    let open = this.messages;
    for (const entry of this.#entries.values()) {
      if (isOfNoMessage(entry) && !entry.accepted && !isNote(entry.verdict)) open++;
    }
    return open;
  }

  /** Second copies at the destination that nobody has moved away, removed or accepted. */
  get doubled(): number {
    let doubled = 0;
    for (const { doubles, accepted } of this.#entries.values())
      if (doubles && !accepted) doubled += doubles.byDestination.size;
    return doubled;
  }

  /** @returns the entry it was entered in */
  record(failure: Failure): ErrorEntry {
    const uids = UidSet.from(failure.uids);
    const response = failure.response.slice(0, LONGEST_RESPONSE);
    const entry = this.#entryFor(failure, response);
    entry.times++;
    happened(entry.when, failure.at);
    entry.lastAt = failure.at;
    entry.verdict = failure.verdict;
    if (failure.doubles) putDoubles(entry, withMore(entry.doubles, failure.doubles));
    // A message may have been changed in several ways: it is in each of these notes, and stays there when it is
    // settled.
    if (isNote(failure.verdict)) putIn(entry, uids, takeOut(entry, uids), response);
    else this.#enter(entry, uids, response);
    return entry;
  }

  /** Removes messages that succeeded, or are no longer to be copied. Skipped messages stay skipped. */
  clear(folder: string, uids: Iterable<Uid>): void {
    const open = this.#open.in(folder);
    if (open.isEmpty) return;
    const going = UidSet.from(uids).intersect(open);
    if (going.isEmpty) return;
    this.#takeAnywhere(folder, going, null);
    open.deleteAll(going);
  }

  /** Leaves open messages of a source folder out, by an operator's decision. @returns those that were open */
  skip(folder: string, uids: UidSet): UidSet {
    const moved = new UidSet();
    for (const entry of this.#errorsIn(folder)) moved.addAll(move(entry.uids, entry.skipped, uids));
    this.#open.known(folder)?.deleteAll(moved);
    this.#skipped.known(folder)?.addAll(moved);
    return moved;
  }

  /**
   * Takes skips back. The failures are open again, with as many tries as before.
   *
   * @returns the UIDs that were skipped
   */
  unskip(folder: string, uids: UidSet): UidSet {
    const moved = new UidSet();
    for (const entry of this.#errorsIn(folder)) moved.addAll(move(entry.skipped, entry.uids, uids));
    this.#skipped.known(folder)?.deleteAll(moved);
    this.#open.known(folder)?.addAll(moved);
    return moved;
  }

  /**
   * An operator accepts a failure that is of no message, or takes that back.
   *
   * @param id  of the entry
   * @returns whether there is such an entry, and it is of no message
   */
  accept(id: string, accepted: boolean): boolean {
    // Entries that are set aside count, too: such an entry was open when the operator looked.
    const entry = [...this.#entries.values(), ...this.#aside.values()].find((known) => entryId(known) === id);
    if (entry === undefined || !isOfNoMessage(entry) || isNote(entry.verdict)) return false;
    entry.accepted = accepted;
    return true;
  }

  /**
   * Removes second copies that are gone. An entry without any is closed.
   *
   * @param uidValidity  of the destination folder in which they were
   */
  clearDoubles(folder: string, uidValidity: string | null, destinations: UidSet): void {
    for (const [key, entry] of this.#entries) {
      if (entry.folder !== folder || entry.doubles === null || entry.doubles.uidValidity !== uidValidity) continue;
      const left = withoutDoubles(entry.doubles, destinations);
      if (left === null) this.#entries.delete(key);
      else putDoubles(entry, left);
    }
  }

  /** Closes whole entries, such as those of a login when the next login succeeds.  @returns how many */
  close(which: (entry: ErrorEntry) => boolean): number {
    return this.#closeAll(which).length;
  }

  /**
   * Sets aside failures of no message that seem to be over. If one happens again, its entry goes on. On the disk they
   * stay open until {@link forgetAside}: a kill in between must not lose since when they happen.
   */
  setAside(which: (entry: ErrorEntry) => boolean): void {
    const closed = this.#closeAll((entry) => isOfNoMessage(entry) && which(entry));
    for (const [key, entry] of closed) this.#aside.set(key, entry);
  }

  /** Forgets the entries that were set aside. */
  forgetAside(): void {
    this.#aside.clear();
  }

  /** UIDs of a source folder that stand open in an entry. A copy. */
  failed(folder: string): UidSet {
    return this.#open.in(folder).clone();
  }

  /** Whether a UID is open in an entry. */
  isFailed(folder: string, uid: Uid): boolean {
    return this.#open.in(folder).has(uid);
  }

  /** UIDs of a source folder that failed and were skipped. A copy. */
  skippedIn(folder: string): UidSet {
    return this.#skipped.in(folder).clone();
  }

  /** All UIDs that are open in an entry, so that nothing else need be searched for. */
  get #open(): UidsByFolder {
    this.#openByFolder ??= new UidsByFolder((folder) => this.#errorsIn(folder).map(({ uids }) => uids));
    return this.#openByFolder;
  }

  get #skipped(): UidsByFolder {
    this.#skippedByFolder ??= new UidsByFolder((folder) => this.#errorsIn(folder).map(({ skipped }) => skipped));
    return this.#skippedByFolder;
  }

  #closeAll(which: (entry: ErrorEntry) => boolean): readonly (readonly [key: string, entry: ErrorEntry])[] {
    const closed = [...this.#entries].filter(([, entry]) => which(entry));
    for (const [key, entry] of closed) {
      this.#entries.delete(key);
      if (isNote(entry.verdict)) continue;
      this.#open.known(entry.folder)?.deleteAll(entry.uids);
      this.#skipped.known(entry.folder)?.deleteAll(entry.skipped);
    }
    return closed;
  }

  /** Enters UIDs that failed into an entry. Skipped ones are open again. */
  #enter(entry: ErrorEntry, uids: UidSet, response: string): void {
    const open = this.#open.in(entry.folder);
    const skipped = this.#skipped.in(entry.folder);
    const known = uids.intersect(open);
    known.addAll(uids.intersect(skipped));
    putIn(entry, uids, this.#takeAnywhere(entry.folder, known, entry), response);
    open.addAll(uids);
    skipped.deleteAll(known);
  }

  #entryFor(failure: Failure, response: string): ErrorEntry {
    const { side, command, folder, verdict, at } = failure;
    const place = { side, command, folder, code: verdict.code, cause: causeOf(response) };
    const key = placeKey({ ...place, verdict });
    const known = this.#entries.get(key) ?? this.#aside.get(key);
    if (known !== undefined) {
      this.#aside.delete(key);
      this.#entries.set(key, known);
      return known;
    }
    const entry: ErrorEntry = {
      ...place,
      uids: new UidSet(),
      skipped: new UidSet(),
      attempts: new Map(),
      doubles: null,
      accepted: false,
      times: 0,
      when: new Map(),
      firstAt: at,
      lastAt: at,
      sample: response,
      verdict,
      own: new Map(),
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /**
   * Takes UIDs out of all entries of the folder that hold them. An entry that becomes empty is removed, except `keep`.
   */
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
      if (entry === keep || entry.folder !== folder || isOfNoMessage(entry) || isNote(entry.verdict)) continue;
      take(entry);
      if (isOfNoMessage(entry)) this.#entries.delete(key);
    }
    return tried;
  }

  #errorsIn(folder: string | null): ErrorEntry[] {
    return [...this.#entries.values()].filter((entry) => entry.folder === folder && !isNote(entry.verdict));
  }
}

function move(from: UidSet, to: UidSet, uids: UidSet): UidSet {
  const moving = from.intersect(uids);
  from.deleteAll(moving);
  to.addAll(moving);
  return moving;
}
