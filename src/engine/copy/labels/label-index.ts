import type { LabelPolicy } from '../../../store/batch/batch.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { LabelRows } from './label-rows.js';
import { MessageNumbers } from './message-numbers.js';

/**
 * The folder that brings a message of several folders. `uid` 0: it did so in an earlier run, and the message has left
 * it.
 */
export interface Carrier {
  /** Index of the folder. */
  readonly folder: number;
  readonly uid: number;
}

/** Facts about a folder's messages, by which each message is given to one folder. Source UIDs. */
export interface FolderFates {
  /** Messages that this folder brought to the destination. */
  readonly stored: UidSet;
  /** Messages that another folder brought to the destination, by its index. */
  readonly carried: ReadonlyMap<number, UidSet>;
  /** Messages that this folder may have brought, that failed in it, or that an operator left out in it. */
  readonly bound: UidSet;
  /** Messages that this folder does not bring: left out by an option of the batch, or gone when they were asked for. */
  readonly closed: UidSet;
}

/**
 * The relation of a carrier to its message. `brings it`: it has brought it, is still to, or has an entry that says why not.
 * `came late`: the message came after the folder was listed, which must be looked into again.
 */
export type CarrierEnd = 'brings it' | 'came late' | 'does not bring it';

const NOBODY = 0xffff;
const MOST_FOLDERS = NOBODY;
const WORST = 0xffffffff;

/**
 * Gives each message of a Gmail account one folder to travel in. The same rows and fates give the same answer: a message that
 * is stored stays where it is, one that may be under way stays with its folder, and any other is given to the first of
 * its folders in the policy's order. Pure; no message is lost by it: each is either its folder's own, or there is
 * another row that it travels by.
 */
export class LabelIndex {
  readonly #messages = new MessageNumbers();
  readonly #rows: readonly LabelRows[];
  #folders = new Uint16Array(1024).fill(NOBODY);
  #uids = new Uint32Array(1024);
  #sizes = new Float64Array(1024);
  #scores = new Uint32Array(1024).fill(WORST);
  /** Ids that a server gives to different messages. Each of these is brought by its own folder. */
  readonly #untrusted = new Set<number>();

  /**
   * @param places   of each folder in the policy's order
   * @param allMail  index of the folder that shows all of them; null: it is hidden
   * @throws RangeError for an account of more than 65,535 folders
   */
  constructor(
    readonly places: readonly number[],
    private readonly policy: LabelPolicy,
    private readonly allMail: number | null,
  ) {
    if (places.length >= MOST_FOLDERS) throw new RangeError(`${places.length} folders: an index has ${MOST_FOLDERS}`);
    this.#rows = places.map(() => new LabelRows());
  }

  /** The number of messages of the account, each counted once. */
  get messages(): number {
    return this.#messages.size;
  }

  /** The number of rows of all of its folders. */
  get rows(): number {
    return this.#rows.reduce((sum, { length }) => sum + length, 0);
  }

  has(folder: number, uid: number): boolean {
    return this.#rows[folder]!.find(uid) >= 0;
  }

  /** The highest known UID of a folder; 0: none is known. */
  newestIn(folder: number): number {
    const rows = this.#rows[folder]!;
    return rows.length === 0 ? 0 : rows.uidAt(rows.length - 1);
  }

  /** Folders that bring a message rather than this one, in their order. */
  foldersBefore(folder: number): readonly number[] {
    const before = this.places.flatMap((place, at) => (place < this.places[folder]! ? [at] : []));
    return this.#leaves(folder) ? before.sort((a, b) => this.places[a]! - this.places[b]!) : [];
  }

  /** A row of a folder. @param id  X-GM-MSGID @param size  RFC822.SIZE; null: not told */
  add(folder: number, uid: number, id: bigint, size: number | null): void {
    const rows = this.#rows[folder]!;
    if (rows.find(uid) >= 0) return;
    const before = this.#messages.size;
    const message = this.#messages.numberOf(id);
    if (message === before) this.#make(message, size ?? 0);
    else if (size !== null && this.#sizes[message] !== size) this.#untrusted.add(message);
    rows.add(uid, message);
  }

  /** Decides about every message. */
  decide(fates: readonly FolderFates[]): void {
    this.#findTwins();
    for (const rows of this.#rows) rows.trim();
    for (const [folder, rows] of this.#rows.entries())
      for (let at = 0; at < rows.length; at++) this.#offer(folder, rows.uidAt(at), rows.numberAt(at), fates[folder]!);
  }

  /** Adds a row that came after the decision. This folder brings the message only if no other one does. */
  join(folder: number, uid: number, id: bigint, size: number | null): void {
    this.add(folder, uid, id, size);
    const message = this.#messages.numberOf(id);
    if (this.#folders[message] === NOBODY) this.#give(message, folder, uid, this.places[folder]!);
    else if (this.#folders[message] === folder && this.#uids[message] !== uid) this.#untrusted.add(message);
  }

  /** The row by which a message is brought; null: nobody knows the message. */
  carrierOf(folder: number, uid: number): Carrier | null {
    const at = this.#rows[folder]!.find(uid);
    return at < 0 ? null : this.#carrier(this.#rows[folder]!.numberAt(at));
  }

  /** UIDs of a folder that another one brings. */
  elsewhere(folder: number): UidSet {
    const uids = new UidSet();
    const rows = this.#rows[folder]!;
    if (!this.#leaves(folder)) return uids;
    for (let at = 0; at < rows.length; at++)
      if (this.#travelsElsewhere(folder, rows.uidAt(at), rows.numberAt(at))) uids.add(rows.uidAt(at));
    return uids;
  }

  isElsewhere(folder: number, uid: number): boolean {
    const at = this.#rows[folder]!.find(uid);
    return at >= 0 && this.#leaves(folder) && this.#travelsElsewhere(folder, uid, this.#rows[folder]!.numberAt(at));
  }

  /**
   * Decides anew about messages whose carrier does not bring them: it is gone, or left out.
   *
   * @param fatesNow  called where something is to be decided
   * @returns the folders that have something to copy now
   */
  release(fatesNow: () => readonly FolderFates[], endOf: (carrier: Carrier) => CarrierEnd): ReadonlySet<number> {
    const { open, late } = this.#notBrought(endOf);
    if (open.size === 0) return late;
    const fates = fatesNow();
    const closed = new Map([...open].map((message) => [message, this.#carrier(message)!]));
    for (const message of open) this.#give(message, NOBODY, 0, WORST);
    for (const [folder, uid, message] of this.#rowsOf(() => true)) {
      const former = closed.get(message);
      const isFormer = former?.folder === folder && former.uid === uid;
      if (former && !isFormer) this.#offer(folder, uid, message, fates[folder]!);
    }
    return new Set([...late, ...[...open].flatMap((message) => this.#carrier(message)?.folder ?? [])]);
  }

  /** Messages whose carrier does not bring them, and folders whose messages came late. */
  #notBrought(endOf: (carrier: Carrier) => CarrierEnd): { readonly open: Set<number>; readonly late: Set<number> } {
    const open = new Set<number>();
    const late = new Set<number>();
    for (const [folder, uid, message] of this.#rowsOf((folder) => this.#leaves(folder))) {
      if (!this.#travelsElsewhere(folder, uid, message) || open.has(message)) continue;
      const carrier = this.#carrier(message)!;
      const end = endOf(carrier);
      if (end === 'came late') late.add(carrier.folder);
      else if (end === 'does not bring it') open.add(message);
    }
    return { open, late };
  }

  /** The rows of these folders. */
  *#rowsOf(isMeant: (folder: number) => boolean): Iterable<readonly [folder: number, uid: number, message: number]> {
    for (const [folder, rows] of this.#rows.entries())
      if (isMeant(folder)) for (let at = 0; at < rows.length; at++) yield [folder, rows.uidAt(at), rows.numberAt(at)];
  }

  /** Whether messages may leave a folder to another one. Where each label gets its copy, only those of All Mail may. */
  #leaves(folder: number): boolean {
    return this.policy !== 'all-folders' || folder === this.allMail;
  }

  #travelsElsewhere(folder: number, uid: number, message: number): boolean {
    if (this.#untrusted.has(message) || this.#folders[message] === NOBODY) return false;
    return this.#folders[message] !== folder || this.#uids[message] !== uid;
  }

  #carrier(message: number): Carrier | null {
    const folder = this.#folders[message]!;
    return folder === NOBODY ? null : { folder, uid: this.#uids[message]! };
  }

  #offer(folder: number, uid: number, message: number, { stored, carried, bound, closed }: FolderFates): void {
    const folders = this.places.length;
    const place = this.places[folder]!;
    const by = folderWith(carried, uid);
    if (by !== undefined) this.#take(message, by, 0, folders + this.places[by]!);
    else if (stored.has(uid)) this.#take(message, folder, uid, place);
    else if (bound.has(uid)) this.#take(message, folder, uid, 2 * folders + place);
    else if (!closed.has(uid)) this.#take(message, folder, uid, 3 * folders + place);
  }

  #take(message: number, folder: number, uid: number, score: number): void {
    if (score < this.#scores[message]!) this.#give(message, folder, uid, score);
  }

  #give(message: number, folder: number, uid: number, score: number): void {
    this.#folders[message] = folder;
    this.#uids[message] = uid;
    this.#scores[message] = score;
  }

  /** Finds ids that a folder has twice: it gives them to two messages. */
  #findTwins(): void {
    const last = new Uint16Array(this.#messages.size).fill(NOBODY);
    for (const [folder, rows] of this.#rows.entries())
      for (let at = 0; at < rows.length; at++) {
        const message = rows.numberAt(at);
        if (last[message] === folder) this.#untrusted.add(message);
        last[message] = folder;
      }
  }

  #make(message: number, size: number): void {
    if (message >= this.#folders.length) this.#grow();
    this.#sizes[message] = size;
  }

  #grow(): void {
    const length = this.#folders.length * 2;
    const [folders, uids, sizes, scores] = [this.#folders, this.#uids, this.#sizes, this.#scores];
    this.#folders = new Uint16Array(length).fill(NOBODY);
    this.#uids = new Uint32Array(length);
    this.#sizes = new Float64Array(length);
    this.#scores = new Uint32Array(length).fill(WORST);
    this.#folders.set(folders);
    this.#uids.set(uids);
    this.#sizes.set(sizes);
    this.#scores.set(scores);
  }
}

function folderWith(carried: FolderFates['carried'], uid: number): number | undefined {
  for (const [folder, uids] of carried) if (uids.has(uid)) return folder;
  return undefined;
}
