import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { nodeContext, type StoreContext } from './context.js';
import { DurableFile } from './durable-file.js';
import { ErrorLedger } from './error-ledger.js';
import { emptyMailbox, type MailboxData, type MailboxDocument, mailboxKind } from './mailbox-document.js';
import { BY_ENGINE } from './settlement.js';
import { UidLedger } from './uid-ledger.js';
import type { FolderPair } from './uid-ledger-document.js';

/**
 * What is remembered of one mailbox: how it stands (`data`), what failed (`errors`), and the UID ledger of
 * each of its folders. Nothing is on the disk before the first `write` or checkpoint.
 */
export class MailboxRecord {
  readonly id: string;
  readonly folder: string;
  readonly #low: Low<MailboxDocument>;
  readonly #context: StoreContext;
  readonly #ledgers = new Map<string, Promise<UidLedger>>();
  #errors: ErrorLedger;

  /**
   * @param folder  the mailbox's own
   * @throws BadInput  naming the file, when it cannot be used
   */
  static async open(folder: string, id: string, context: StoreContext = nodeContext): Promise<MailboxRecord> {
    const record = MailboxRecord.unborn(folder, id, context);
    await record.read();
    return record;
  }

  /** Of a mailbox that has no document: nothing is read. */
  static unborn(folder: string, id: string, context: StoreContext = nodeContext): MailboxRecord {
    const adapter = new DurableFile(join(folder, 'mailbox.json'), mailboxKind, context);
    return new MailboxRecord(folder, new Low<MailboxDocument>(adapter, emptyMailbox(id)), context);
  }

  private constructor(folder: string, low: Low<MailboxDocument>, context: StoreContext) {
    this.id = low.data.id;
    this.folder = folder;
    this.#low = low;
    this.#context = context;
    this.#errors = ErrorLedger.fromDocument(low.data.errors);
  }

  /** Live: change it, then `write`. */
  get data(): MailboxData {
    return this.#low.data;
  }

  get errors(): ErrorLedger {
    return this.#errors;
  }

  /** Resolves when the mailbox as it stands at the call, or later, is on the disk to stay. */
  write(): Promise<void> {
    // In place: whoever holds `data` goes on holding what is written.
    this.#low.data.errors = this.#errors.toDocument();
    return this.#low.write();
  }

  /** Reads the document again, as another process wrote it. Ledgers that are open stay as they are. */
  async read(): Promise<void> {
    await this.#low.read();
    this.#errors = ErrorLedger.fromDocument(this.#low.data.errors);
  }

  /**
   * The UID ledger of a pair of folders, one object however often it is asked for. The two documents are not
   * written together, so what a crash left apart is mended here: the UID ledger is right, what it calls
   * settled has no open error, what an operator skipped there is skipped here, and what failed without an entry is simply still to be copied.
   *
   * @throws BadInput  naming the file, when it cannot be used
   */
  ledger(pair: FolderPair): Promise<UidLedger> {
    const id = ledgerId(pair);
    let ledger = this.#ledgers.get(id);
    if (ledger === undefined) {
      ledger = this.#openLedger(id, pair);
      this.#ledgers.set(id, ledger);
      // A ledger that could not be read may be put right while the engine runs.
      ledger.catch(() => this.#ledgers.delete(id));
    }
    return ledger;
  }

  async #openLedger(id: string, pair: FolderPair): Promise<UidLedger> {
    const ledger = await UidLedger.open(join(this.folder, 'folders'), id, pair, this.#context);
    for (const { by, uids } of ledger.skips) if (by !== BY_ENGINE) this.#errors.skip(pair.source, uids);
    this.#errors.clear(pair.source, ledger.settledSources());
    const entered = this.#errors.failed(pair.source);
    const lost = ledger.failed.minus(entered);
    if (!lost.isEmpty) ledger.clearFailed(lost);
    const missing = entered.minus(ledger.failed);
    if (!missing.isEmpty) ledger.fail(missing);
    return ledger;
  }
}

/** Safe as a file name, and the same for the same pair of folders. */
export function ledgerId(pair: FolderPair): string {
  return createHash('sha256')
    .update(JSON.stringify([pair.source, pair.destination]))
    .digest('hex')
    .slice(0, 16);
}
