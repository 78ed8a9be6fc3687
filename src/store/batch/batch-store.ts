import { dirname, join } from 'node:path';
import { SpentFile } from '../budgets/spent-file.js';
import { Decisions } from '../decisions/decisions.js';
import type { StoreContext } from '../documents/context.js';
import { atDisk } from '../documents/disk-trouble.js';
import { DurableFile } from '../documents/durable-file.js';
import { inParallel } from '../documents/in-parallel.js';
import { Causes } from '../errors/causes.js';
import { freeDestinationsOf } from '../locks/destination-lock.js';
import { type EngineLock, lockEngine, putLockAside, type Runner, whoRuns } from '../locks/engine-lock.js';
import { Looks } from '../looks/looks.js';
import { MailboxRecord } from '../mailbox/mailbox.js';
import { BATCH_FILE, type Batch, batchKind } from './batch.js';
import { EventLog } from './event-log.js';
import { KeptPace } from './kept-pace.js';
import { Notices } from './notices.js';
import { Remarks } from './remarks.js';

/** Documents that are read side by side. With more, they only wait for each other. */
const OPENED_AT_ONCE = 16;

/** Everything on disk about one batch, below one folder. */
export class BatchStore {
  readonly name: string;
  readonly dir: string;
  readonly log: EventLog;
  readonly #ids: ReadonlySet<string>;
  readonly #context: StoreContext;
  readonly #records = new Map<string, Promise<MailboxRecord>>();
  readonly #causes: Causes;
  readonly #remarks = new Remarks();
  #batch: Batch;

  constructor(name: string, dir: string, batch: Batch, context: StoreContext) {
    this.name = name;
    this.dir = dir;
    this.#batch = batch;
    this.log = new EventLog(dir);
    this.#ids = new Set(batch.mailboxes.map(({ id }) => id));
    this.#context = {
      ...context,
      onFallback: (fallback) => {
        this.log.append({ at: context.now(), level: 'warn', ...fallback });
        this.#remarks.make(fallback.text);
        context.onFallback(fallback);
      },
    };
    this.#causes = new Causes(dir, this.#context, (text) => this.#remarks.make(text));
  }

  get batch(): Batch {
    return this.#batch;
  }

  /**
   * Writes the whole batch anew, because an operator vouched for a certificate or corrected a row of the plan. The
   * mailboxes keep their ids. Only the holder of the engine's lock may call it.
   */
  async amend(batch: Batch): Promise<void> {
    const file = join(this.dir, BATCH_FILE);
    const document = new DurableFile(file, batchKind, { ...this.#context, history: 'none' });
    await atDisk(file, () => document.write(batch));
    this.#batch = batch;
  }

  /** Remarks about the batch's files, a line each, without repetition. */
  get remarks(): readonly string[] {
    return this.#remarks.made;
  }

  /** Keeps a remark about the files, in one line. */
  remark(text: string): void {
    this.#remarks.make(text);
  }

  /** Tells of every remark, also of those that were made before.  @returns a function that ends this */
  onRemark(listener: (text: string) => void): () => void {
    return this.#remarks.listen(listener);
  }

  /**
   * The record of a mailbox of the batch. The same object is given however often it is asked for. Nothing is on the
   * disk before the record is written.
   *
   * @throws Error     when the batch has no such mailbox
   * @throws BadInput  naming the file, when it cannot be used
   */
  async mailbox(id: string): Promise<MailboxRecord> {
    const record = await this.#record(id);
    if (record.unusable !== null) await record.read();
    return record;
  }

  /**
   * The records of all mailboxes, by id, as {@link mailbox} gives them. Only mailboxes that were started are looked for
   * on the disk: a plan of 50,000 rows costs one look at the folder. A record that cannot be read is among them, and
   * says so.
   *
   * @throws DiskTrouble  when the folder cannot be listed
   */
  async everyMailbox(): Promise<ReadonlyMap<string, MailboxRecord>> {
    const there = new Set(await this.knownMailboxes());
    for (const { id } of this.batch.mailboxes) {
      if (there.has(id) || this.#records.has(id)) continue;
      this.#records.set(id, Promise.resolve(MailboxRecord.unborn(this.#folderOf(id), id, this.#causes, this.#context)));
    }
    return new Map(
      await inParallel(this.batch.mailboxes, OPENED_AT_ONCE, async ({ id }) => [id, await this.#record(id)]),
    );
  }

  /** The mailboxes of {@link everyMailbox} that were ever started, in the order of the plan. */
  async startedMailboxes(): Promise<ReadonlyMap<string, MailboxRecord>> {
    const ids = await this.knownMailboxes();
    return new Map(await inParallel(ids, OPENED_AT_ONCE, async (id) => [id, await this.#record(id)]));
  }

  /** Ids of the mailboxes that were ever started, in the order of the plan. */
  async knownMailboxes(): Promise<string[]> {
    const folder = join(this.dir, 'mailboxes');
    const there = new Set(await atDisk(folder, () => this.#context.disk.names(folder)));
    return this.batch.mailboxes.map(({ id }) => id).filter((id) => there.has(id));
  }

  /** The decisions of operators. @throws BadInput  naming the file, when it cannot be used */
  decisions(): Promise<Decisions> {
    return Decisions.open(this.dir, this.#context);
  }

  /** How the operator is told of the batch, and what was told. @throws BadInput  naming the file, when it cannot be used */
  notices(): Promise<Notices> {
    return Notices.open(this.dir, this.#context);
  }

  /**
   * Counts the mail that batches of this workspace move of an account, or over an endpoint.
   *
   * @param of  names it in every batch
   */
  spent(of: string): SpentFile {
    return new SpentFile(dirname(this.dir), of, this.name, this.#context);
  }

  /** The sizes of mailboxes, as early looks found them. */
  looks(): Promise<Looks> {
    return Looks.open(this.dir, this.#context);
  }

  /** The pace of the batch since it began. */
  pace(): Promise<KeptPace> {
    return KeptPace.open(this.dir, this.#context);
  }

  /** @throws BadInput  when an engine runs the batch, or may run it on another machine */
  lockEngine(engine: { readonly socketPath: string | null }): Promise<EngineLock> {
    return lockEngine(this.dir, this.name, engine.socketPath, this.#context.now());
  }

  whoRuns(): Promise<Runner | null> {
    return whoRuns(this.dir);
  }

  /**
   * Frees the batch on the word of an operator that no engine runs it on another machine: its lock, and the locks of
   * that engine on destination mailboxes, count no more.
   *
   * @throws BadInput  when a process of this machine runs it
   */
  async takeOver(): Promise<void> {
    const found = await putLockAside(this.dir, this.name);
    if (found.kind === 'holder') await freeDestinationsOf(dirname(this.dir), found.holder, this.#context.disk);
  }

  /** The same object however often it is asked for, even where the record cannot be read. */
  #record(id: string): Promise<MailboxRecord> {
    let record = this.#records.get(id);
    if (record === undefined) {
      record = this.#openMailbox(id);
      this.#records.set(id, record);
      record.catch(() => this.#records.delete(id));
    }
    return record;
  }

  async #openMailbox(id: string): Promise<MailboxRecord> {
    return MailboxRecord.openAmongMany(this.#folderOf(id), id, this.#causes, this.#context);
  }

  #folderOf(id: string): string {
    // An id becomes a folder's name, and `..` would be one, too.
    if (!this.#ids.has(id) || id.startsWith('.')) throw new Error(`the batch ${this.name} has no mailbox ${id}`);
    return join(this.dir, 'mailboxes', id);
  }
}
