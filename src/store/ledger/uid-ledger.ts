import { BadInput } from '../../words/bad-input.js';
import type { Side } from '../../words/side.js';
import { nodeContext, type StoreContext } from '../documents/context.js';
import { Unsaved } from '../documents/unsaved.js';
import { checkUid, type Uid } from '../uid/uid.js';
import { UidSet } from '../uid/uid-set.js';
import { writeLabels } from './carried.js';
import { writeKeeping } from './keeping.js';
import { LedgerMessages } from './ledger-messages.js';
import { Settlement } from './settlement.js';
import { nothingTreated, readTreated, type Treated, treatedNow, writeTreated } from './treated.js';
import { emptyUidLedger, type FolderPair, UID_LEDGER_VERSION, type UidLedgerDocument } from './uid-ledger-document.js';
import { type LedgerSnapshot, UidLedgerFiles } from './uid-ledger-files.js';
import {
  type Beginning,
  changedSides,
  identifiedBy,
  isUnopened,
  type LedgerIdentity,
  type UidValidities,
} from './uid-ledger-identity.js';
import type { LedgerParts } from './uid-ledger-parts.js';
import { restoreLedger } from './uid-ledger-restore.js';

/**
 * The state of each message of one source folder: which source UIDs are settled, and which destination UIDs they
 * became. Nothing else keeps a message from being copied twice. So the ledger never forgets what a checkpoint has
 * written, and throws where it is told two things about one message.
 */
export class UidLedger extends LedgerMessages {
  readonly id: string;
  readonly #files: UidLedgerFiles;
  protected settlement: Settlement;
  #parts: LedgerParts;
  #identity: LedgerIdentity;
  #floor: number;
  /** Whether the floor may rise. It may not between a message that was not found and the match of the whole folder. */
  #mayRise = true;
  #underWay: boolean;
  #verifiedTo: number;
  readonly #odd: UidSet;
  #treated: Treated;
  #sending: UidSet;
  #highestModseq: string | null;
  readonly #unsaved: Unsaved;

  /**
   * @param folder  where the mailbox's ledgers lie
   * @throws BadInput  when its files cannot be used, or belong to another pair of folders
   */
  static async open(
    folder: string,
    id: string,
    pair: FolderPair,
    context: StoreContext = nodeContext,
  ): Promise<UidLedger> {
    const empty = emptyUidLedger(id, pair);
    const files = new UidLedgerFiles(folder, id, empty, context);
    const snapshot = await files.read();
    const { source, destination } = snapshot.document;
    if (source.folder !== pair.source || destination.folder !== pair.destination) {
      throw new BadInput(
        `The UID ledger ${files.path} is of ${source.folder} -> ${destination.folder}, not of ${pair.source} -> ${pair.destination}`,
      );
    }
    return new UidLedger(files, snapshot, snapshot.document === empty, context.monotonic);
  }

  private constructor(
    files: UidLedgerFiles,
    { document, sealed }: LedgerSnapshot,
    isNew: boolean,
    clock: () => number,
  ) {
    super();
    this.id = document.id;
    this.#files = files;
    this.#identity = { source: document.source, destination: document.destination };
    this.#floor = document.floor;
    this.#underWay = document.writing;
    this.#verifiedTo = document.verifiedTo;
    this.#odd = UidSet.parse(document.odd);
    this.#treated = readTreated(document);
    this.#sending = UidSet.parse(document.labels?.sending ?? '');
    this.#highestModseq = document.highestModseq;
    ({ settlement: this.settlement, parts: this.#parts } = restoreLedger({ document, sealed }));
    this.#unsaved = new Unsaved(isNew ? 1 : 0, clock);
  }

  protected changed(): void {
    this.#unsaved.changed();
  }

  get identity(): LedgerIdentity {
    return this.#identity;
  }

  /** A destination UID below which every message of ours is known. After a crash, the tail from there on is read. */
  get floor(): number {
    return this.#floor;
  }

  /** APPENDs may be under way, or a crash broke them off: the tail must be read before anything is sent. */
  get writing(): boolean {
    return this.#underWay;
  }

  set writing(value: boolean) {
    if (this.#underWay === value) return;
    this.#underWay = value;
    this.changed();
  }

  /** A destination UID below which everything was read back and compared with what was sent. */
  get verifiedTo(): number {
    return this.#verifiedTo;
  }

  /** Notes that everything below `uid` was read back. The value never goes down, and odd messages below it are done. */
  verified(uid: number): void {
    if (uid <= this.#verifiedTo) return;
    this.#verifiedTo = uid;
    for (const source of this.#odd.clone()) {
      const destination = this.destinationOf(source);
      if (destination !== undefined && destination < uid) this.#odd.delete(source);
    }
    this.changed();
  }

  /** Source UIDs of odd messages that were sent and not read back yet. A copy. */
  get odd(): UidSet {
    return this.#odd.clone();
  }

  markOdd(source: Uid): void {
    if (this.#odd.add(source)) this.changed();
  }

  /** Source UIDs that were sent without flags or are about to be, and that may ever have been sent repaired. A copy. */
  get treated(): Treated {
    const treated = this.#treated;
    return {
      'without-flags': treated['without-flags'].clone(),
      'without-deleted': treated['without-deleted'].clone(),
      repaired: treated.repaired.clone(),
    };
  }

  /** Notes how messages are about to be sent. It must be on the disk before that: the tail is read by it. */
  treat(uids: UidSet, how: Treated): void {
    const now = treatedNow(this.#treated, uids, how);
    if (now === this.#treated) return;
    this.#treated = now;
    this.changed();
  }

  /**
   * Source UIDs that may have been sent and are not known to be there. Only used where another folder may bring a
   * message.
   */
  get sending(): UidSet {
    return this.#sending.clone();
  }

  set sending(uids: UidSet) {
    if (uids.equals(this.#sending)) return;
    this.#sending = uids;
    this.changed();
  }

  /** MODSEQ of the source up to which flags are known, as decimal text; null: none. */
  get highestModseq(): string | null {
    return this.#highestModseq;
  }

  set highestModseq(value: string | null) {
    this.#highestModseq = value;
    this.changed();
  }

  /** Whether something was learned that no finished checkpoint holds. */
  get dirty(): boolean {
    return this.#unsaved.dirty;
  }

  /** The duration of the last checkpoint, in milliseconds. */
  get lastCheckpointMs(): number {
    return this.#unsaved.lastMs;
  }

  /**
   * Begins with both folders open. In a new ledger the floor is taken as given. In a known one it stays, because what
   * came after it is the tail. Where UIDVALIDITY changed, the pairs are void and the floor is 1: the whole destination
   * folder is matched.
   */
  begin(opened: {
    readonly sourceUidValidity: string;
    readonly destinationUidValidity: string;
    readonly floor: number;
  }): Beginning {
    const now: UidValidities = { source: opened.sourceUidValidity, destination: opened.destinationUidValidity };
    if (!isUnopened(this.#identity)) {
      const sides = this.voidPairs(now);
      return sides.length > 0 ? { kind: 'voided', sides } : { kind: 'known' };
    }
    this.#identity = identifiedBy(this.#identity, now);
    this.raiseFloor(opened.floor);
    this.changed();
    return { kind: 'new' };
  }

  /**
   * Takes the present UIDVALIDITY. Where it changed, pairs, unknown and vanished messages and the floor are dropped.
   * Skips of operators, failures and treatments stay as long as the source's UIDs mean the same messages.
   *
   * @returns the sides that changed
   */
  voidPairs(now: UidValidities): readonly Side[] {
    const sides = changedSides(this.#identity, now);
    if (sides.length === 0) return sides;
    this.settlement = sides.includes('source') ? new Settlement() : this.settlement.withoutDestination();
    this.#parts.clear();
    this.#floor = 1;
    this.#underWay = false;
    this.#verifiedTo = 1;
    this.#odd.deleteAll(this.#odd.clone());
    if (sides.includes('source')) this.#treated = nothingTreated();
    this.#sending = new UidSet();
    this.#highestModseq = null;
    this.#identity = identifiedBy(this.#identity, now);
    this.changed();
    return sides;
  }

  /**
   * Opens messages again that are not at the destination after all, or of which nobody knows. The sealed parts are
   * written anew without them.
   */
  unsettle(uids: UidSet): void {
    this.settlement = this.settlement.without(uids);
    this.#parts.clear();
    this.changed();
  }

  /**
   * Drops the floor, because a message that was answered OK was not found: below no UID is every message of ours known.
   * The whole folder is matched by content before anything is sent into it again.
   */
  dropFloor(): void {
    this.#mayRise = false;
    if (this.#floor === 1) return;
    this.#floor = 1;
    this.changed();
  }

  /** The whole folder was matched by content, so the floor may rise again. */
  matchedAll(): void {
    this.#mayRise = true;
  }

  /** Raises the floor to `uid`. Only `dropFloor`, and a changed UIDVALIDITY, take it back. */
  raiseFloor(uid: number): void {
    if (uid <= this.#floor || !this.#mayRise) return;
    checkUid(uid - 1);
    this.#floor = uid;
    this.changed();
  }

  /**
   * Writes the ledger as it is at the call; later changes are left to the next checkpoint. It is on the disk to stay
   * when the promise resolves. When it rejects, nothing is lost: the next checkpoint writes all of it.
   */
  checkpoint(): Promise<void> {
    return this.#unsaved.save(() => this.#files.write(this.#snapshot()));
  }

  #snapshot(): LedgerSnapshot {
    const sealed = this.#parts.overflow(this.settlement);
    const document: UidLedgerDocument = {
      version: UID_LEDGER_VERSION,
      id: this.id,
      ...this.#identity,
      floor: this.#floor,
      writing: this.#underWay,
      verifiedTo: this.#verifiedTo,
      odd: this.#odd.toString(),
      ...writeTreated(this.#treated),
      ...writeLabels(this.#sending, this.settlement.carried),
      ...writeKeeping(this.settlement),
      highestModseq: this.#highestModseq,
      shards: this.#parts.shards.toString(),
      nextShard: this.#parts.nextShard,
      ...this.#parts.open(this.settlement),
      skipped: this.settlement.skips.map(({ by, why, uids }) => ({ by, why, uids: uids.toString() })),
    };
    return { document, sealed };
  }
}
