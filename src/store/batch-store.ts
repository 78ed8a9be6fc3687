import { dirname, join } from 'node:path';
import type { Batch } from './batch.js';
import { Causes } from './causes.js';
import type { StoreContext } from './context.js';
import { Decisions } from './decisions.js';
import { freeDestinationsOf } from './destination-lock.js';
import { type EngineLock, lockEngine, putLockAside, type Runner, whoRuns } from './engine-lock.js';
import { EventLog } from './event-log.js';
import { inParallel } from './in-parallel.js';
import { MailboxRecord } from './mailbox.js';

/** Documents that are read side by side: more only wait for each other. */
const OPENED_AT_ONCE = 16;

/** What is remembered of one batch, below one folder. */
export class BatchStore {
  readonly name: string;
  readonly dir: string;
  readonly batch: Batch;
  readonly log: EventLog;
  readonly #ids: ReadonlySet<string>;
  readonly #context: StoreContext;
  readonly #records = new Map<string, Promise<MailboxRecord>>();
  readonly #causes: Causes;

  constructor(name: string, dir: string, batch: Batch, context: StoreContext) {
    this.name = name;
    this.dir = dir;
    this.batch = batch;
    this.log = new EventLog(dir);
    this.#ids = new Set(batch.mailboxes.map(({ id }) => id));
    this.#context = {
      ...context,
      onFallback: (fallback) => {
        this.log.append({ at: context.now(), level: 'warn', event: 'previous-version-used', ...fallback });
        context.onFallback(fallback);
      },
    };
    this.#causes = new Causes(dir, this.#context);
  }

  /**
   * The record of a mailbox of the batch, one object however often it is asked for; nothing is on the disk
   * before it is written.
   *
   * @throws Error     when the batch has no such mailbox
   * @throws BadInput  naming the file, when it cannot be used
   */
  mailbox(id: string): Promise<MailboxRecord> {
    let record = this.#records.get(id);
    if (record === undefined) {
      record = this.#openMailbox(id);
      this.#records.set(id, record);
      record.catch(() => this.#records.delete(id));
    }
    return record;
  }

  /**
   * The records of all mailboxes, by id, as {@link mailbox} gives them. Only those that were ever started are
   * looked for on the disk: a plan of 50,000 rows costs one look at the folder.
   *
   * @throws BadInput  naming the file, when one cannot be used
   */
  async everyMailbox(): Promise<ReadonlyMap<string, MailboxRecord>> {
    const there = new Set(await this.knownMailboxes());
    for (const { id } of this.batch.mailboxes) {
      if (there.has(id) || this.#records.has(id)) continue;
      this.#records.set(id, Promise.resolve(MailboxRecord.unborn(this.#folderOf(id), id, this.#causes, this.#context)));
    }
    return new Map(
      await inParallel(this.batch.mailboxes, OPENED_AT_ONCE, async ({ id }) => [id, await this.mailbox(id)]),
    );
  }

  /** Ids of the mailboxes that were ever started, in the order of the plan. */
  async knownMailboxes(): Promise<string[]> {
    const there = new Set(await this.#context.disk.names(join(this.dir, 'mailboxes')));
    return this.batch.mailboxes.map(({ id }) => id).filter((id) => there.has(id));
  }

  /** What operators decided. @throws BadInput  naming the file, when it cannot be used */
  decisions(): Promise<Decisions> {
    return Decisions.open(this.dir, this.#context);
  }

  /** @throws BadInput  when an engine runs the batch, or may run it on another machine */
  lockEngine(engine: { readonly socketPath: string | null }): Promise<EngineLock> {
    return lockEngine(this.dir, this.name, engine.socketPath, this.#context.now());
  }

  whoRuns(): Promise<Runner | null> {
    return whoRuns(this.dir);
  }

  /**
   * By the operator's word no engine runs it any more where this process cannot see: its lock, and those that went
   * with it on destination mailboxes, stand in nobody's way from now on.
   *
   * @throws BadInput  when a process of this machine runs it
   */
  async takeOver(): Promise<void> {
    const found = await putLockAside(this.dir, this.name);
    if (found.kind === 'holder') await freeDestinationsOf(dirname(this.dir), found.holder, this.#context.disk);
  }

  async #openMailbox(id: string): Promise<MailboxRecord> {
    return MailboxRecord.open(this.#folderOf(id), id, this.#causes, this.#context);
  }

  #folderOf(id: string): string {
    // An id is a folder's name: `..` is one too.
    if (!this.#ids.has(id) || id.startsWith('.')) throw new Error(`the batch ${this.name} has no mailbox ${id}`);
    return join(this.dir, 'mailboxes', id);
  }
}
