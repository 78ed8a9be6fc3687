import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { seeded } from '../../bench/lab/seeded.js';
import { Engine } from '../../src/engine/engine.js';
import { loadImapflow } from '../../src/engine/imap/session/session.js';
import type { MailboxEntity } from '../../src/protocol/entities.js';
import type { EngineEvent, LogLine } from '../../src/protocol/events.js';
import type { Batch, BatchOptions, Endpoint } from '../../src/store/batch/batch.js';
import { BatchStore } from '../../src/store/batch/batch-store.js';
import type { Disk } from '../../src/store/documents/disk.js';
import { MemoryDisk } from '../../src/store/documents/memory-disk.js';
import { type ErrorEntry, isNote, isOfNoMessage } from '../../src/store/errors/error-entry.js';
import type { Side } from '../../src/words/side.js';
import { LocksInMemory, nightBatch, passwords } from './night-batch.js';
import { NightClock } from './night-clock.js';
import { compareFolders, type OddDifference } from './odd/compare.js';
import { type OddServer, type OddSpec, serve, three } from './odd-server.js';

/** A run of the engine, or a change in between. */
/** A run may have other options than the batch, as `resume` is given them. */
export type Step =
  | 'move'
  | 'resume'
  | { readonly resume: Partial<BatchOptions> }
  | ((world: OddWorld) => void | Promise<void>);

export interface OddMoveOptions {
  /** One move, unless said. */
  readonly steps?: readonly Step[];
  /** `ann`, unless said. */
  readonly users?: readonly string[];
  readonly options?: Partial<BatchOptions>;
  /** How the servers are reached: in clear, unless said. */
  readonly endpoints?: Partial<Record<Side, Partial<Endpoint>>>;
}

export interface OddWorld {
  readonly source: OddServer;
  readonly destination: OddServer;
  readonly clock: NightClock;
  readonly files: OddFiles;
}

/** The state folder of a batch. */
interface OddFiles {
  readonly batch: Batch;
  readonly disk: MemoryDisk;
  /** @param disk  another one, as a copy of it or one that dies */
  open(disk?: Disk): BatchStore;
}

/** The outcome of a move: of all messages by their content, whatever folder they are in. */
export interface OddMove extends OddWorld, OddDifference {
  /** Of the last run. */
  readonly exit: number;
  /** Of all runs. */
  readonly exits: readonly number[];
  /** Of the first user, as it was last published. */
  readonly mailbox: MailboxEntity;
  /** Entries that an operator has to do something about, of all users. */
  readonly open: readonly ErrorEntry[];
  /** Entries that only tell. */
  readonly notes: readonly ErrorEntry[];
  readonly log: readonly LogLine[];
  /** `side folder: sample` of each open entry, a line each: to be matched. */
  readonly told: string;
  /** Texts of the log, a line each. */
  readonly said: string;
  /** How long it took, in milliseconds of the night. */
  readonly took: number;
}

/**
 * Moves the mail of one odd server to another with an engine in this process, in time that passes as fast as
 * nothing happens, and compares message by message.
 *
 * @example
 * const move = await moveBetween(
 *   { folders: three() },
 *   { on: { STATUS: () => ['%T NO not today'] } },
 *   { steps: ['move', ({ source }) => void arrives(source.folders.INBOX!, mail(9)), 'resume'] },
 * );
 * expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
 * expect(move.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { copied: 4 } });
 *
 * @param source  with three messages in INBOX, unless said
 * @throws Error when nothing can happen any more and the move has not ended
 */
export async function moveBetween(
  source: OddSpec,
  destination: OddSpec = {},
  given: OddMoveOptions = {},
): Promise<OddMove> {
  const clock = new NightClock();
  const dir = await mkdtemp(join(tmpdir(), 'nf-odd-'));
  const { users = ['ann'], options, endpoints, steps = ['move'] } = given;
  const batch = nightBatch({ users, options, endpoints, now: clock.now() });
  const world: OddWorld = {
    clock,
    files: filesOf(batch, dir, clock),
    source: await serve({ ...source, folders: source.folders ?? three() }, clock),
    destination: await serve(destination, clock),
  };
  onTestFinished(async () => {
    await Promise.all([world.source.stop(), world.destination.stop()]);
    await rm(dir, { recursive: true, force: true });
  });
  // The night's clock does not stand still while a module is loaded.
  await loadImapflow();
  const runs = new Runs(world, dir);
  for (const step of steps) {
    if (typeof step === 'function') await step(world);
    else await runs.run(typeof step === 'string' ? {} : step.resume);
  }
  const entries = await runs.entries();
  const open = entries.filter(isOpen);
  return {
    ...world,
    ...compareFolders(foldersOf(world.source, users), foldersOf(world.destination, users)),
    exit: runs.exits.at(-1)!,
    exits: runs.exits,
    mailbox: runs.mailbox(users[0]!),
    open,
    notes: entries.filter(({ verdict }) => isNote(verdict)),
    log: runs.log,
    told: open.map(({ side, folder, sample }) => `${side} ${folder ?? '-'}: ${sample}`).join('\n'),
    said: runs.log.map(({ text }) => text).join('\n'),
    took: clock.now() - clock.began,
  };
}

/** Engines one after the other on the same state. */
class Runs {
  readonly exits: number[] = [];
  readonly #events: EngineEvent[] = [];
  readonly #random = seeded(1);

  constructor(
    private readonly world: OddWorld,
    private readonly dir: string,
  ) {}

  async run(options: Partial<BatchOptions>): Promise<void> {
    const { world } = this;
    const { files } = world;
    const batch = { ...files.batch, options: { ...files.batch.options, ...options } };
    const store = files.open();
    const engine = new Engine(
      {
        batch,
        store,
        workspace: new LocksInMemory(this.dir),
        credentials: passwords,
        clock: world.clock,
        random: this.#random,
        atRest: false,
      },
      (host) => (host === batch.source.host ? world.source : world.destination).connect(),
    );
    engine.onEvent((event) => this.#events.push(event));
    this.exits.push(await world.clock.until(engine.run()));
    await store.log.close();
  }

  async entries(): Promise<ErrorEntry[]> {
    const { batch, open } = this.world.files;
    const store = open();
    const records = await Promise.all(batch.mailboxes.map(({ id }) => store.mailbox(id)));
    await store.log.close();
    return records.flatMap(({ errors }) => [...errors.entries]);
  }

  mailbox(user: string): MailboxEntity {
    const said = this.#events.flatMap((event) => (event.type === 'mailbox' ? [event.mailbox] : []));
    const last = said.findLast(({ id }) => id === user);
    if (!last) throw new Error(`nothing was published of ${user}`);
    return last;
  }

  get log(): LogLine[] {
    return this.#events.flatMap((event) => (event.type === 'log' ? [event.line] : []));
  }
}

function filesOf(batch: Batch, dir: string, clock: NightClock): OddFiles {
  const disk = new MemoryDisk();
  const now = () => clock.now();
  const open = (on: Disk = disk) =>
    new BatchStore(batch.name, join(dir, batch.name), batch, { disk: on, now, monotonic: now, onFallback: () => {} });
  return { batch, disk, open };
}

function isOpen(entry: ErrorEntry): boolean {
  if (isNote(entry.verdict)) return false;
  return !entry.uids.isEmpty || (isOfNoMessage(entry) && !entry.accepted);
}

function foldersOf(server: OddServer, users: readonly string[]) {
  const { foldersFor } = server.spec;
  return foldersFor ? users.flatMap((user) => Object.values(foldersFor(user))) : Object.values(server.folders);
}
