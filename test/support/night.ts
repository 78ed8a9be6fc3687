import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { seeded } from '../../bench/lab/seeded.js';
import { DEMO_CERTIFICATE, type ServerOptions } from '../../demo/server/index.js';
import { Engine } from '../../src/engine/engine.js';
import type { Credentials } from '../../src/engine/imap/session/credentials.js';
import { loadImapflow } from '../../src/engine/imap/session/session.js';
import type { NoticeWishes } from '../../src/engine/notices/notifier.js';
import type { MailboxEntity } from '../../src/protocol/entities.js';
import type { EngineEvent, FailureLine, LogLine } from '../../src/protocol/events.js';
import type { Batch, BatchOptions, Endpoint } from '../../src/store/batch/batch.js';
import { BatchStore } from '../../src/store/batch/batch-store.js';
import type { StoreContext } from '../../src/store/documents/context.js';
import { nodeDisk } from '../../src/store/documents/disk.js';
import { MemoryDisk } from '../../src/store/documents/memory-disk.js';
import type { ErrorEntry } from '../../src/store/errors/error-entry.js';
import type { UidLedger } from '../../src/store/ledger/uid-ledger.js';
import type { Look } from '../../src/store/looks/looks.js';
import type { MailboxRecord } from '../../src/store/mailbox/mailbox.js';
import type { Random } from '../../src/words/clock.js';
import type { Side } from '../../src/words/side.js';
import { LocksInMemory, nightBatch, PASSWORD, passwords } from './night-batch.js';
import { NightClock } from './night-clock.js';
import { NightServer } from './night-server.js';
import { type Mail, smallMail } from './odd-mail.js';
import { slowLine } from './slow-line.js';

export { PASSWORD, passwords } from './night-batch.js';

export interface NightOptions {
  /** Users of both sides, or how many; one, ann, unless said. */
  readonly mailboxes?: number | readonly string[];
  /** The mail at the source, by user; a small mailbox each unless said. */
  readonly mail?: (user: string) => Mail;
  readonly source?: ServerOptions;
  readonly destination?: ServerOptions;
  /** How the servers are reached: in clear over a line that counts as secured, unless said. */
  readonly endpoints?: Partial<Record<Side, Partial<Endpoint>>>;
  readonly options?: Partial<BatchOptions>;
  readonly credentials?: Credentials;
  /** Bytes a second of each line to a side, both ways; as fast as they come unless said. */
  readonly speed?: Partial<Record<Side, number>>;
  /** `real`: a folder of the disk, for what has to be read as bytes. One of the test's own may fail. */
  readonly disk?: 'memory' | 'real' | MemoryDisk;
  readonly seed?: number;
}

/** An engine at work. */
export interface Running {
  readonly engine: Engine;
  /** Its exit code, when the night has come so far. */
  readonly done: Promise<number>;
  /** SIGKILL: its lines drop, nothing it does from now on is kept or heard. */
  kill(): void;
}

const ENTRANCE = { plaintext: 'secured', starttls: 'plain', tls: 'tls' } as const;

/** Two servers, a batch between them, and a night that passes as fast as nothing happens in it. */
export class Night {
  readonly clock = new NightClock();
  readonly events: EngineEvent[] = [];
  readonly random: Random;
  readonly users: readonly string[];
  source!: NightServer;
  destination!: NightServer;
  batch!: Batch;
  dir = '';
  #disk: MemoryDisk | null;
  readonly #stores: BatchStore[] = [];

  constructor(readonly given: NightOptions) {
    const { mailboxes = ['ann'], seed = 1, disk = 'memory' } = given;
    this.random = seeded(seed);
    this.users =
      typeof mailboxes === 'number' ? Array.from({ length: mailboxes }, (_, i) => `user${i + 1}`) : mailboxes;
    this.#disk = disk === 'memory' ? new MemoryDisk() : disk === 'real' ? null : disk;
  }

  async begin(): Promise<this> {
    const { source, destination, endpoints, options, mail = smallMail } = this.given;
    this.dir = await mkdtemp(join(tmpdir(), 'nf-night-'));
    // The night's clock does not stand still while a module is loaded.
    await loadImapflow();
    const accounts = Object.fromEntries(this.users.map((user) => [user, { password: PASSWORD }]));
    this.source = await NightServer.start('source', this.clock, { accounts, ...source });
    this.destination = await NightServer.start('destination', this.clock, { accounts, ...destination });
    for (const user of this.users) this.source.fill(user, mail(user));
    this.batch = nightBatch({ users: this.users, endpoints, options, now: this.clock.now() });
    return this;
  }

  async end(): Promise<void> {
    await this.source.server.stop();
    await this.destination.server.stop();
    for (const { log } of this.#stores) await log.close();
    // A killed engine may still write: the folder fills while it is removed.
    await rm(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }

  /** An engine on what is remembered, as after `run` or `resume`. */
  start(
    more: {
      readonly batch?: Partial<Batch>;
      readonly atRest?: boolean;
      readonly notices?: NoticeWishes;
      /** Another batch of the same workspace. */
      readonly name?: string;
    } = {},
  ): Running {
    const lines = new Set<Duplex>();
    let alive = true;
    const connect = (host: string): Duplex => {
      const line = this.connect(host);
      lines.add(line);
      if (!alive) line.destroy();
      return line;
    };
    const engine = new Engine(
      {
        batch: { ...this.batch, ...more.batch },
        store: this.store(more.name),
        workspace: new LocksInMemory(this.dir),
        credentials: this.given.credentials ?? passwords,
        clock: {
          now: () => this.clock.now(),
          monotonic: () => this.clock.monotonic(),
          sleep: (ms, signal) => (alive ? this.clock.sleep(ms, signal) : new Promise(() => {})),
        },
        random: this.random,
        atRest: more.atRest ?? false,
        notices: more.notices ?? null,
      },
      connect,
    );
    engine.onEvent((event) => {
      if (alive) this.events.push(event);
    });
    return {
      engine,
      done: engine.run(),
      kill: () => {
        if (!alive) return;
        alive = false;
        if (this.#disk) this.#disk = copyOf(this.#disk);
        for (const line of lines) line.destroy();
      },
    };
  }

  /** A line to one of the servers, as fast as it is. */
  connect(host: string): Duplex {
    const side = host === this.batch.source.host ? this.source : this.destination;
    const entrance = side.connect(ENTRANCE[this.batch[side.side].security]);
    const speed = this.given.speed?.[side.side];
    return speed === undefined ? entrance : slowLine(entrance, this.clock, speed);
  }

  /** Runs an engine to its end, and sees that nothing was said that must never be said. @returns its exit code */
  async run(more: Parameters<Night['start']>[0] = {}): Promise<number> {
    const code = await this.clock.until(this.start(more).done);
    this.checkManners();
    return code;
  }

  checkManners(): void {
    this.source.checkManners();
    this.destination.checkManners();
  }

  /** Findings about mailboxes before they start, by user. */
  async keepLooks(looks: Readonly<Record<string, Look>>): Promise<void> {
    const kept = await this.store().looks();
    for (const [user, look] of Object.entries(looks)) kept.found(user, look);
    await kept.save();
  }

  /** Nothing is remembered any more: the state folder is lost. */
  loseState(): void {
    this.#disk = new MemoryDisk();
  }

  get log(): LogLine[] {
    return this.events.flatMap((event) => (event.type === 'log' ? [event.line] : []));
  }

  get failures(): FailureLine[] {
    return this.events.flatMap((event) => (event.type === 'failure' ? [event.failure] : []));
  }

  /** A mailbox as it was last published. */
  mailbox(user: string): MailboxEntity {
    const of = this.events.flatMap((event) =>
      event.type === 'mailbox' && event.mailbox.id === user ? [event.mailbox] : [],
    );
    const last = of.at(-1);
    if (!last) throw new Error(`nothing was published of ${user}`);
    return last;
  }

  /** The files of a mailbox. */
  async record(user = 'ann'): Promise<MailboxRecord> {
    return this.store().mailbox(user);
  }

  async errors(user = 'ann'): Promise<readonly ErrorEntry[]> {
    return (await this.record(user)).errors.entries;
  }

  async ledger(source: string, destination = source, user = 'ann'): Promise<UidLedger> {
    return (await this.record(user)).ledger({ source, destination });
  }

  /** As a command opens it that reads the files. */
  store(name = 'night'): BatchStore {
    const context: StoreContext = {
      disk: this.#disk ?? nodeDisk,
      now: () => this.clock.now(),
      monotonic: () => performance.now(),
      onFallback: () => {},
    };
    const store = new BatchStore(name, join(this.dir, name), this.batch, context);
    this.#stores.push(store);
    return store;
  }
}

/** A night that is over when its test is. */
export async function aNight(options: NightOptions = {}): Promise<Night> {
  const night = await new Night(options).begin();
  onTestFinished(() => night.end());
  return night;
}

/** SHA-256 of the servers' certificate is asked of the error that names it; its PEM is here. */
export const { cert: CERTIFICATE } = DEMO_CERTIFICATE;

function copyOf(disk: MemoryDisk): MemoryDisk {
  const copy = new MemoryDisk();
  for (const [path, text] of disk.files) copy.files.set(path, text);
  return copy;
}
