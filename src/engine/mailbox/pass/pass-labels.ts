import type { LabelPolicy } from '../../../store/batch/batch.js';
import { inParallel } from '../../../store/documents/in-parallel.js';
import type { UidLedger } from '../../../store/ledger/uid-ledger.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { plural } from '../../../words/units.js';
import type { FolderJob } from '../../copy/job.js';
import type { Twin } from '../../copy/labels/copy-twins.js';
import type { Elsewhere } from '../../copy/labels/elsewhere.js';
import type { Carrier, CarrierEnd, LabelIndex } from '../../copy/labels/label-index.js';
import { emptyIndex, policyOf, readLabels } from '../../copy/labels/read-labels.js';
import type { FolderPair } from '../../copy/map/folder-pair.js';
import { fetchMessageIds } from '../../imap/commands/message-ids.js';
import { setsOf } from '../../imap/commands/uid-windows.js';
import { unlessRefused } from '../../imap/session/refused.js';
import { boundBy, fatesBy, isCertain, type LabelLedger, settledBy, storedBy } from './label-fates.js';
import type { PassParts } from './pass-parts.js';

/** Folders whose ids are asked for at the same time. */
const FOLDERS_AT_ONCE = 8;

type Needed = Pick<PassParts, 'open' | 'record' | 'context' | 'batch'>;

/**
 * The messages of a Gmail account in one pass, by X-GM-MSGID: which folder brings each message, and whether it has. A
 * ledger calls a message carried only when the ledger of the other folder calls it stored. After a crash, the next pass
 * reads again whatever was forgotten.
 */
export class PassLabels {
  readonly #policy: LabelPolicy;
  readonly #index: LabelIndex;
  readonly #ledgers: LabelLedger[] = [];
  readonly #indexOf: ReadonlyMap<string, number>;
  /** Source folders whose messages were all answered, as they were opened. */
  #answered: ReadonlyMap<string, Pick<FolderJob, 'opened'>> = new Map();

  /**
   * Reads the ids of all messages, and decides which folder brings each.
   *
   * @throws ConnectionLost, UidValidityChanged, BadInput
   */
  static async read(parts: Needed, pairs: readonly FolderPair[]): Promise<PassLabels> {
    const labels = new PassLabels(
      parts,
      pairs.filter(({ selectable }) => selectable),
    );
    await labels.#read();
    return labels;
  }

  private constructor(
    private readonly parts: Needed,
    private readonly pairs: readonly FolderPair[],
  ) {
    const folders = pairs.map(({ source }) => source);
    this.#policy = policyOf(parts.batch.options);
    this.#index = emptyIndex(folders, this.#policy);
    this.#indexOf = new Map(folders.map(({ name }, index) => [name, index]));
  }

  async #read(): Promise<void> {
    const { context, record, open } = this.parts;
    const folders = this.pairs.map(({ source }) => source);
    const read = await readLabels(context.connections.source.scan, folders, this.#index);
    for (const [folder, { source, destination }] of this.pairs.entries()) {
      const { uidValidity, refused } = read[folder]!;
      if (refused)
        context.log('warn', source.name, `ids of messages are not told: all are copied here (${refused.line})`);
      const ledger = await record.ledger({ source: source.name, destination: destination.name });
      const status = open.listings.destination.statuses.get(destination.wire);
      this.#ledgers.push({ ledger, now: { source: uidValidity, destination: status?.uidValidity ?? null } });
    }
    this.#forgetVoid();
    this.#index.decide(this.#fates());
    const { rows, messages } = this.#index;
    const told = `${plural(messages, 'message')} in ${plural(rows, 'place')}; each is fetched once`;
    context.log('info', null, `labels: ${told} (--labels ${this.#policy})`);
  }

  /** Forgets messages that were brought into a folder that is gone, so that they are brought again. */
  #forgetVoid(): void {
    for (const { ledger } of this.#ledgers)
      for (const { folder, uidValidity, uids } of ledger.carriedBy) {
        const by = this.#indexOf.get(folder);
        if (by !== undefined && this.#destinationOf(by) !== uidValidity) ledger.uncarry(uids);
      }
  }

  #destinationOf(folder: number): string | null {
    const { ledger, now } = this.#ledgers[folder]!;
    return now.destination ?? ledger.identity.destination.uidValidity;
  }

  #fates() {
    const { deleted } = this.parts.context.sending;
    return this.#ledgers.map((one) => fatesBy(one, deleted, (name) => this.#indexOf.get(name) ?? null));
  }

  /** Messages of the folder that other folders bring.  @param ledger  of the pair as it is housed now */
  elsewhere(pair: FolderPair, ledger: UidLedger): Elsewhere {
    const folder = this.#indexOf.get(pair.source.name);
    if (folder === undefined) throw new Error(`${pair.source.name} is not among the folders whose labels were read`);
    this.#ledgers[folder] = { ...this.#ledgers[folder]!, ledger };
    const uids = this.#index.elsewhere(folder).minus(settledBy(this.#ledgers[folder]!));
    return {
      kind: 'labels',
      uids,
      decide: (listed) => this.#decide(folder, listed, uids),
      accounted: () => this.#accounted(folder, uids),
    };
  }

  /**
   * Decides about messages that came since the labels were read. Folders that come earlier in the order are asked
   * first, because a message may be in them, too.
   */
  async #decide(folder: number, listed: UidSet, elsewhere: UidSet): Promise<void> {
    const news = new UidSet();
    for (const uid of listed) if (!this.#index.has(folder, uid)) news.add(uid);
    if (news.isEmpty) return;
    const before = this.#index.foldersBefore(folder);
    const asked = [
      ...before.map((one) => ({ one, sets: [`${this.#index.newestIn(one) + 1}:*`] })),
      { one: folder, sets: setsOf(news) },
    ];
    const came = await inParallel(asked, FOLDERS_AT_ONCE, ({ one, sets }) => this.#idsOf(one, sets));
    for (const [at, rows] of came.entries()) {
      const { one } = asked[at]!;
      for (const { uid, id, size } of rows) if (one !== folder || news.has(uid)) this.#index.join(one, uid, id, size);
    }
    for (const uid of news) if (this.#index.isElsewhere(folder, uid)) elsewhere.add(uid);
  }

  /** Reads ids where the server tells them. A folder that is refused is entered when its turn comes. */
  async #idsOf(folder: number, sets: readonly string[]) {
    const rows: { readonly uid: number; readonly id: bigint; readonly size: number | null }[] = [];
    const desk = this.parts.context.connections.source.scan;
    for (const set of sets) {
      await unlessRefused(
        fetchMessageIds(desk, this.pairs[folder]!.source.wire, set, ({ uid, id, size }) => {
          if (id !== null) rows.push({ uid, id, size });
        }),
      );
    }
    return rows;
  }

  #accounted(folder: number, elsewhere: UidSet): UidSet {
    const accounted = new UidSet();
    if (elsewhere.isEmpty) return accounted;
    const endOf = this.#ends();
    for (const uid of elsewhere) {
      const carrier = this.#index.isElsewhere(folder, uid) ? this.#index.carrierOf(folder, uid) : null;
      if (carrier && endOf(carrier) !== 'does not bring it') accounted.add(uid);
    }
    return accounted;
  }

  #ends(): (carrier: Carrier) => CarrierEnd {
    // Ledgers are read only where a message needs them: an account may have hundreds of folders, and their ledgers many
    // runs of UIDs.
    const brings = new Map<number, UidSet>();
    const broughtBy = (folder: number): UidSet => {
      const known = brings.get(folder);
      if (known) return known;
      const uids = storedBy(this.#ledgers[folder]!).union(boundBy(this.#ledgers[folder]!));
      brings.set(folder, uids);
      return uids;
    };
    return ({ folder, uid }) => {
      const job = this.#answered.get(this.pairs[folder]!.source.name);
      if (uid === 0 || !job || broughtBy(folder).has(uid)) return 'brings it';
      const { uidNext } = job.opened;
      return uidNext !== null && uid >= uidNext ? 'came late' : 'does not bring it';
    };
  }

  /** How many messages of a folder another folder brings, or has brought. */
  elsewhereIn(pair: FolderPair): number {
    const folder = this.#indexOf.get(pair.source.name);
    return folder === undefined ? 0 : this.#index.elsewhere(folder).size;
  }

  /**
   * Writes into the ledgers which messages other folders have brought by now.
   *
   * @returns the ledgers that have changed
   */
  settle(): readonly UidLedger[] {
    const stored = this.#ledgers.map(storedBy);
    const changed: UidLedger[] = [];
    for (const [folder, one] of this.#ledgers.entries()) {
      const brought = new Map<number, UidSet>();
      for (const uid of this.#index.elsewhere(folder).minus(settledBy(one))) {
        const carrier = this.#index.carrierOf(folder, uid);
        if (!carrier || !(carrier.uid === 0 || stored[carrier.folder]!.has(carrier.uid))) continue;
        const uids = brought.get(carrier.folder) ?? new UidSet();
        uids.add(uid);
        brought.set(carrier.folder, uids);
      }
      for (const [by, uids] of brought)
        one.ledger.carry({ folder: this.pairs[by]!.source.name, uidValidity: this.#destinationOf(by), uids });
      if (brought.size > 0) changed.push(one.ledger);
    }
    return changed;
  }

  /**
   * Gives messages whose folder did not bring them to another folder. They vanished from the first one, or are left out
   * there.
   *
   * @param answered  source folders whose messages were all answered, as they were opened
   * @returns the pairs that have something to copy now
   */
  release(answered: ReadonlyMap<string, Pick<FolderJob, 'opened'>>): readonly FolderPair[] {
    this.#answered = answered;
    const folders = this.#index.release(() => this.#fates(), this.#ends());
    return [...folders].map((folder) => this.pairs[folder]!);
  }

  /**
   * Where the same message stands at the destination already, for another of its labels; null: none has brought it, or
   * its folder may have been made anew since.
   *
   * @param answeredBy  the pair of a source folder that was opened and answered in this pass; null: not yet
   */
  twinOf(pair: FolderPair, uid: number, answeredBy: (source: string) => FolderPair | null): Twin | null {
    const folder = this.#indexOf.get(pair.source.name);
    const carrier = folder === undefined ? null : this.#index.carrierOf(folder, uid);
    if (!carrier || carrier.uid === 0 || carrier.folder === folder) return null;
    const [by, one] = [this.pairs[carrier.folder]!, this.#ledgers[carrier.folder]!];
    const home = answeredBy(by.source.name) ?? (isCertain(one) ? by : null);
    const destination = one.ledger.destinationOf(carrier.uid);
    return home === null || destination === undefined ? null : { folder: home.destination.wire, uid: destination };
  }

  /** Whether each label gets a copy. A folder then waits until the folders before it are done. */
  get copiesTwins(): boolean {
    return this.#policy === 'all-folders';
  }

  /** The place of a folder in the order in which they are copied. */
  placeOf({ source }: FolderPair): number {
    const folder = this.#indexOf.get(source.name);
    return folder === undefined ? 0 : this.#index.places[folder]!;
  }
}
