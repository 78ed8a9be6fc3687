import { lstat, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { BadInput } from '../../words/bad-input.js';
import { SpentFile } from '../budgets/spent-file.js';
import { nodeContext, type StoreContext } from '../documents/context.js';
import { codeOf, makeFolder } from '../documents/disk.js';
import { atDisk, DiskTrouble } from '../documents/disk-trouble.js';
import { DurableFile } from '../documents/durable-file.js';
import { type DestinationLock, lockDestination } from '../locks/destination-lock.js';
import { lockEngine } from '../locks/engine-lock.js';
import { Looks } from '../looks/looks.js';
import { BATCH_FILE, type Batch, batchKind } from './batch.js';
import { checkBatchName, isBatchName } from './batch-name.js';
import { BatchStore } from './batch-store.js';

/** Names of which one is in every batch's folder. A folder with one of these and no batch.json was a batch. */
const OF_A_BATCH: ReadonlySet<string> = new Set(['mailboxes', 'engine.lock', 'events.jsonl', 'decisions.json']);

/** Folder of the findings of checks. */
const CENSUS = '.census';

/** The most batches that an error line names. */
const SHOWN = 12;

/** The folder that holds all batches. Entries whose names begin with a dot are no batches. */
export class Workspace {
  readonly root: string;
  readonly #context: StoreContext;
  /** The folder in which locks of all workspaces of a user lie. */
  readonly #shared: string;

  /**
   * The folder of `--state DIR`, else $XDG_STATE_HOME/nightferry, else ~/.local/state/nightferry. A relative XDG path
   * does not count (XDG Base Directory Specification).
   */
  static locate(
    flag: string | null | undefined,
    env: Readonly<Record<string, string | undefined>>,
    home: string,
    context: StoreContext = nodeContext,
  ): Workspace {
    const ofUser = join(home, '.local', 'state');
    const shared = join(ofUser, 'nightferry');
    if (flag) return new Workspace(resolve(flag), context, shared);
    const xdg = env.XDG_STATE_HOME;
    return new Workspace(join(xdg?.startsWith('/') ? xdg : ofUser, 'nightferry'), context, shared);
  }

  /** @param shared  the same folder for all workspaces of a user; this one alone unless given */
  constructor(root: string, context: StoreContext = nodeContext, shared: string = root) {
    this.root = root;
    this.#context = context;
    this.#shared = shared;
  }

  /** Names of the batches, sorted. */
  async list(): Promise<string[]> {
    let names: string[];
    try {
      names = await readdir(this.root);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
    const found: string[] = [];
    for (const name of names.sort()) if (isBatchName(name) && (await this.exists(name))) found.push(name);
    return found;
  }

  /** @throws BadInput  when `name` cannot be a batch's */
  async exists(name: string): Promise<boolean> {
    checkBatchName(name);
    return isThere(this.#file(name));
  }

  /**
   * Creates a batch, whole or not at all. The folders of its mailboxes are made when these are started.
   *
   * @throws BadInput  when there is a batch of that name, or it cannot be a name
   */
  async create(batch: Batch): Promise<BatchStore> {
    checkBatchName(batch.name);
    return await atDisk(this.root, () => this.#create(batch));
  }

  async #create(batch: Batch): Promise<BatchStore> {
    await makeFolder(this.root);
    const building = await mkdtemp(join(this.root, `.new-${batch.name}-`));
    try {
      await this.#document(join(building, BATCH_FILE)).write(batch);
      // rename(2) does not replace a folder that is not empty, so only one of two creators gets the name.
      await rename(building, join(this.root, batch.name));
      await this.#context.disk.syncFolder(this.root);
    } catch (error) {
      await rm(building, { recursive: true, force: true });
      if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(codeOf(error))) throw error;
      throw new BadInput(`There is a batch ${batch.name} already: choose another --name, resume it, or delete it`);
    }
    return new BatchStore(batch.name, join(this.root, batch.name), batch, this.#context);
  }

  /** @throws BadInput  when there is no such batch (naming those there are), or its file cannot be used */
  async open(name: string): Promise<BatchStore> {
    checkBatchName(name);
    const batch = await this.#document(this.#file(name)).read();
    if (batch === null) throw await this.#noSuch(name);
    return new BatchStore(name, join(this.root, name), batch, this.#context);
  }

  /**
   * Counts the mail that batches have moved of an account, or over an endpoint, in the last day.
   *
   * @param of  names it in every batch
   */
  spent(of: string, name: string): SpentFile {
    return new SpentFile(this.root, of, name, this.#context);
  }

  /** The findings of checks, kept for a later batch of that name.  @throws BadInput  when it cannot be a name */
  async census(name: string): Promise<Looks> {
    checkBatchName(name);
    return await Looks.open(this.#censusOf(name), this.#context);
  }

  /** Puts them on the disk. @throws DiskTrouble */
  async keepCensus(name: string, census: Looks): Promise<void> {
    await atDisk(this.root, async () => {
      // A census that could not be read is not written. Making its folder tells why.
      await makeFolder(this.#censusOf(name));
      await census.save();
    });
  }

  #censusOf(name: string): string {
    return join(this.root, CENSUS, name);
  }

  /** @throws BadInput  when there is neither such a batch nor the remains of one */
  async checkThere(name: string): Promise<void> {
    if (!(await this.exists(name)) && !(await this.#isLeftOf(name))) throw await this.#noSuch(name);
  }

  /** @throws BadInput  when there is no such batch, or an engine runs it */
  async delete(name: string): Promise<void> {
    await this.checkThere(name);
    const dir = join(this.root, name);
    // The lock is deleted with the folder, so no engine can start on a batch that is being deleted.
    const lock = await lockEngine(dir, name, null, this.#context.now());
    const grave = await mkdtemp(join(this.root, `.deleted-${name}-`));
    try {
      await rename(dir, grave);
    } catch (error) {
      await lock.release();
      throw error;
    }
    await this.#context.disk.syncFolder(this.root);
    await rm(this.#censusOf(name), { recursive: true, force: true });
    // Also remove folders that an earlier delete left behind when it crashed.
    for (const left of await readdir(this.root)) {
      if (left.startsWith('.deleted-')) await rm(join(this.root, left), { recursive: true, force: true });
    }
  }

  /**
   * The right to write into a destination mailbox, over all batches.
   *
   * @param key  names the mailbox the same way in every batch: host, port, login
   * @throws BadInput  when another process has it
   */
  lockDestination(key: string): Promise<DestinationLock> {
    return lockDestination(this.root, key, this.#context.now());
  }

  /**
   * The right to write into a destination mailbox, over all workspaces of this user and machine.
   *
   * @param mark  one by which the mailbox is known under whatever name it is reached
   * @param told  the mailbox as an operator knows it
   * @throws BadInput  when another process has it
   */
  async lockMark(mark: string, told: string): Promise<DestinationLock> {
    const key = `${mark} from ${hostname()}`;
    try {
      return await lockDestination(this.#shared, key, this.#context.now(), told);
    } catch (error) {
      // A home that cannot be written to is no reason to copy nothing. The workspace can be.
      if (!(error instanceof DiskTrouble) || this.#shared === this.root) throw error;
      return lockDestination(this.root, key, this.#context.now(), told);
    }
  }

  /** Whether the folder is the remains of a batch: without batch.json it can only be deleted. */
  async #isLeftOf(name: string): Promise<boolean> {
    const names = await readdir(join(this.root, name)).catch(() => []);
    return names.some((one) => OF_A_BATCH.has(one));
  }

  async #noSuch(name: string): Promise<BadInput> {
    if (await this.#isLeftOf(name))
      return new BadInput(
        `The batch ${name} has no ${this.#file(name)} any more: put a good copy in its place, or forget it with \`nightferry delete ${name}\``,
      );
    const names = await this.list();
    const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
    const there = names.length === 0 ? 'there is none yet' : `there are ${names.slice(0, SHOWN).join(', ')}${more}`;
    return new BadInput(`There is no batch ${name} in ${this.root}: ${there}`);
  }

  #file(name: string): string {
    return join(this.root, name, BATCH_FILE);
  }

  #document(path: string): DurableFile<Batch> {
    return new DurableFile(path, batchKind, { ...this.#context, history: 'none' });
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    // True even when it is no folder: `open` reports that.
    await lstat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return false;
    throw error;
  }
}
