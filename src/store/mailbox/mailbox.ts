import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { BadInput } from '../../words/bad-input.js';
import { nodeContext, type StoreContext } from '../documents/context.js';
import { DurableFile } from '../documents/durable-file.js';
import type { Causes } from '../errors/causes.js';
import { ErrorLedger } from '../errors/error-ledger.js';
import { isByOperator } from '../ledger/settlement.js';
import { UidLedger } from '../ledger/uid-ledger.js';
import type { FolderPair } from '../ledger/uid-ledger-document.js';
import { emptyMailbox, type MailboxData, type MailboxDocument } from './mailbox-document.js';
import { mailboxKind } from './mailbox-kind.js';
import { unreadMailbox } from './unread-mailbox.js';

/**
 * Everything on disk about one mailbox: its state (`data`), its failures (`errors`), and the UID ledger of each of its
 * folders. Nothing is on the disk before the first `write` or checkpoint.
 */
export class MailboxRecord {
  readonly id: string;
  readonly folder: string;
  readonly #causes: Causes;
  readonly #context: StoreContext;
  readonly #blank: MailboxDocument;
  #document: Low<MailboxDocument> | null = null;
  #ledgers: Map<string, Promise<UidLedger>> | null = null;
  #errors = new ErrorLedger();
  #unusable: BadInput | null = null;

  /**
   * @param folder  the mailbox's own
   * @param causes  those of its batch
   * @throws BadInput  naming the file, when it cannot be used
   */
  static async open(
    folder: string,
    id: string,
    causes: Causes,
    context: StoreContext = nodeContext,
  ): Promise<MailboxRecord> {
    const record = MailboxRecord.unborn(folder, id, causes, context);
    await record.read();
    return record;
  }

  /**
   * Opens one mailbox among many. If it cannot be read, it must not stop the others: it is then like one that was never
   * started, says why ({@link unusable}), and is not written until it was read.
   */
  static async openAmongMany(
    folder: string,
    id: string,
    causes: Causes,
    context: StoreContext = nodeContext,
  ): Promise<MailboxRecord> {
    const record = MailboxRecord.unborn(folder, id, causes, context);
    await record.read().catch((error: unknown) => {
      if (!(error instanceof BadInput)) throw error;
      // This failure is in memory alone. Without it, a list of failures would show none for this mailbox.
      record.#errors.record(unreadMailbox(error.message, context.now()));
    });
    return record;
  }

  /** The record of a mailbox that has no document. Nothing is read. */
  static unborn(folder: string, id: string, causes: Causes, context: StoreContext = nodeContext): MailboxRecord {
    return new MailboxRecord(folder, id, causes, context);
  }

  private constructor(folder: string, id: string, causes: Causes, context: StoreContext) {
    this.id = id;
    this.folder = folder;
    this.#blank = emptyMailbox(id);
    this.#causes = causes;
    this.#context = context;
  }

  /** The live data. Change it, then call `write`. */
  get data(): MailboxData {
    return this.#document?.data ?? this.#blank;
  }

  /** Made when it is wanted, because most of 50,000 mailboxes were never started. */
  get #low(): Low<MailboxDocument> {
    this.#document ??= new Low(new DurableFile(this.#path, mailboxKind, this.#context), this.#blank);
    return this.#document;
  }

  get #path(): string {
    return join(this.folder, 'mailbox.json');
  }

  get errors(): ErrorLedger {
    return this.#errors;
  }

  /** Why the document cannot be used, in one line; null: it was read, or there is none. */
  get unusable(): BadInput | null {
    return this.#unusable;
  }

  /**
   * Resolves when the mailbox as it stands at the call, or later, is on the disk to stay.
   *
   * @throws BadInput  while it is {@link unusable}: what stands there is not overwritten
   */
  write(): Promise<void> {
    if (this.#unusable !== null) return Promise.reject(this.#unusable);
    // The data is changed in place, so that holders of `data` keep what is written.
    this.#low.data.errors = this.#errors.toDocument(this.#causes);
    return this.#causes.saved ? this.#low.write() : this.#causes.save().then(() => this.write());
  }

  /**
   * Reads the document again, as another process wrote it. Open ledgers stay as they are.
   *
   * @throws BadInput  naming the file, when it cannot be used
   */
  async read(): Promise<void> {
    try {
      await this.#read();
      this.#unusable = null;
    } catch (error) {
      if (error instanceof BadInput) this.#unusable = error;
      throw error;
    }
  }

  async #read(): Promise<void> {
    await this.#low.read();
    const { errors } = this.#low.data;
    await this.#causes.look(errors.map(({ cause }) => cause));
    this.#errors = ErrorLedger.fromDocument(errors, this.#causes);
  }

  /**
   * The UID ledger of a pair of folders, one object however often it is asked for. The two documents are not
   * written together, so what a crash left apart is mended here: the UID ledger is right, what it calls
   * settled has no open error, and what failed without an entry is simply still to be copied. What operators
   * left out is theirs to say: there the decisions are right.
   *
   * @throws BadInput  naming the file, when it cannot be used
   */
  ledger(pair: FolderPair): Promise<UidLedger> {
    const id = ledgerId(pair);
    this.#ledgers ??= new Map();
    const ledgers = this.#ledgers;
    let ledger = ledgers.get(id);
    if (ledger === undefined) {
      ledger = this.#openLedger(id, pair);
      ledgers.set(id, ledger);
      // A ledger that could not be read may be put right while the engine runs, so it is not kept.
      ledger.catch(() => ledgers.delete(id));
    }
    return ledger;
  }

  async #openLedger(id: string, pair: FolderPair): Promise<UidLedger> {
    const ledger = await UidLedger.open(join(this.folder, 'folders'), id, pair, this.#context);
    const settled = ledger.settledSources();
    for (const { by, uids } of ledger.skips) if (isByOperator(by)) settled.deleteAll(uids);
    this.#errors.clear(pair.source, settled);
    ledger.fail(this.#errors.failed(pair.source));
    return ledger;
  }
}

/** The id of a pair of folders: safe as a file name, and always the same for a pair. */
export function ledgerId(pair: FolderPair): string {
  return createHash('sha256')
    .update(JSON.stringify([pair.source, pair.destination]))
    .digest('hex')
    .slice(0, 16);
}
