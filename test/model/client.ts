import { SizeRecord } from '../../src/engine/copy/bodies/size-record.js';
import type { CopyContext, Failure } from '../../src/engine/copy/job.js';
import { NOTHING_ELSEWHERE } from '../../src/engine/copy/labels/elsewhere.js';
import type { FolderPair } from '../../src/engine/copy/map/folder-pair.js';
import { takeLateArrivals } from '../../src/engine/copy/prepare/late-arrivals.js';
import { waitForLateStores } from '../../src/engine/copy/prepare/late-stores.js';
import { prepareFolder } from '../../src/engine/copy/prepare/prepare-folder.js';
import { AppendLane } from '../../src/engine/copy/transfer/append-lane.js';
import { copyFolder } from '../../src/engine/copy/transfer/copy-folder.js';
import { EarlyOpenings } from '../../src/engine/copy/transfer/early-openings.js';
import { Keywords } from '../../src/engine/copy/transfer/keywords.js';
import { RefusalStreak } from '../../src/engine/copy/transfer/refusal-streak.js';
import { finishFolder } from '../../src/engine/copy/verify/finish-folder.js';
import { Desk } from '../../src/engine/imap/commands/desk.js';
import { folderStatus } from '../../src/engine/imap/commands/folders.js';
import { ConnectionLost } from '../../src/engine/imap/connection/connection-lost.js';
import { Inquiry } from '../../src/engine/isolate/inquiry.js';
import { newTrials } from '../../src/engine/listing/trials.js';
import { nothingTreated } from '../../src/store/ledger/treated.js';
import { UidLedger } from '../../src/store/ledger/uid-ledger.js';
import { UidSet } from '../../src/store/uid/uid-set.js';
import { ALL_DAYS } from '../../src/words/days.js';
import { OF_A_RESPONSE } from '../support/verdicts/grounds.js';
import { ModelLine, sessionOf } from './line.js';
import { MortalDisk } from './mortal-disk.js';
import { Properties } from './properties.js';
import type { World } from './world.js';

const PAIR: FolderPair = {
  source: { wire: 'Mail', name: 'Mail', delimiter: '/', attributes: [], subscribed: true },
  destination: { wire: 'Mail', name: 'Mail' },
  exists: true,
  create: [],
  use: null,
  subscribe: false,
  selectable: true,
  how: 'name',
  shared: false,
};

/** Next to nothing, on a fast line: the wait is as short as it ever is. */
const LITTLE = { bytes: 0, messages: 0, largest: 0, bytesPerSecond: 50_000_000 };

/** The error ledger on disk, of which only the doubles matter here. */
const ERRORS = '/errors';

const REFUSED = { kind: 'message-policy', code: 'CANNOT', scope: 'message', next: 'skip-message' } as const;
const VERDICT = {
  ...REFUSED,
  waitSeconds: 0,
  advice: { key: 'nothing' } as const,
  rule: 'model',
  grounds: OF_A_RESPONSE,
};

/**
 * The program from `prepareFolder` on, as the pass runs it, against the model's two servers. It is begun
 * again after every cut, with its memory, and after every crash, with what its disk holds.
 */
export class Client {
  readonly properties: Properties;
  #disk = new MortalDisk();
  #ledger!: UidLedger;
  #inquiry = new Inquiry();
  #careful = new UidSet();
  #failed = new UidSet();
  #dead = false;
  /** Source UIDs that an operator has ordered to be sent repaired. */
  readonly #mended: UidSet;
  #doubles = new Set<number>();
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly world: World) {
    this.properties = new Properties(world);
    this.#mended = UidSet.from(world.source.messages.flatMap(({ uid, mail }) => (mail.mended > 0 ? [uid] : [])));
    world.client = {
      onStep: () => {
        if (!this.#dead) this.properties.step(this.#ledger);
      },
      checkpoint: () => void this.#save(),
      die: (steps) => {
        if (steps > 0) this.#disk.stepsLeft = steps;
        else this.#die();
      },
    };
  }

  /** UIDs that were entered as doubles. */
  get doubles(): ReadonlySet<number> {
    return this.#doubles;
  }

  get ledger(): UidLedger {
    return this.#ledger;
  }

  /** A process begins, with what the disk holds. */
  async start(): Promise<void> {
    await this.#saving;
    this.#disk = this.#disk.heir();
    this.#disk.onDeath = () => this.#die();
    this.#dead = false;
    this.#inquiry = new Inquiry();
    this.#careful = new UidSet();
    this.#failed = new UidSet();
    this.#doubles = new Set(JSON.parse(this.#disk.files.get(ERRORS) ?? '[]') as number[]);
    const folders = { source: PAIR.source.name, destination: PAIR.destination.name };
    const context = { disk: this.#disk, now: () => 0, monotonic: () => 0, onFallback: () => {} };
    this.#ledger = await UidLedger.open('/ledgers', 'mail', folders, context);
    this.properties.reopened(this.#ledger);
  }

  /** One attempt at the folder. @returns whether it came to its end */
  async attempt(): Promise<'done' | 'cut' | 'dead'> {
    const { world } = this;
    const context = this.#connect();
    try {
      const { destination } = context.connections;
      const brokenOff = this.#ledger.writing ? [PAIR.destination] : [];
      const still = await waitForLateStores(context, brokenOff, LITTLE);
      const made = still.get(PAIR.destination.wire) ?? folderStatus(destination.session, PAIR.destination.wire);
      const prepared = await prepareFolder(context, {
        pair: PAIR,
        ledger: this.#ledger,
        made: Promise.resolve(made),
        appendLimit: () => null,
        notOurs: new UidSet(),
        elsewhere: NOTHING_ELSEWHERE,
        suspects: this.#inquiry.suspectsIn(PAIR.source.wire),
        careful: this.#careful,
        notAgain: this.#failed,
        lastShown: 'whole',
        mayBeThere: new UidSet(),
        sentUnanswered: new UidSet(),
        treatments: { ...nothingTreated(), repaired: this.#mended },
        progress: {
          opened: () => {},
          found: () => {},
          refused: () => {},
          matched: () => {},
          stored: () => {},
          failed: (uids) => this.#failed.addAll(UidSet.from(uids)),
          takenBack: () => {},
          skipped: () => {},
          vanished: () => {},
        },
      });
      if (!prepared) throw new Error('no folder at the destination');
      world.begun = true;
      this.properties.prepared(this.#ledger);
      const job = await takeLateArrivals(context, prepared);
      const { done } = await copyFolder(context, job);
      await done;
      if (world.tape.isSpent) world.landAll();
      await finishFolder(context, job, { onVerifying: () => {}, saveFindings: () => this.#save() });
      if (this.#dead) return 'dead';
      return 'done';
    } catch (error) {
      if (this.#dead) return 'dead';
      if (error instanceof ConnectionLost) return 'cut';
      throw error;
    } finally {
      for (const line of world.lines) line.leave();
      if (!this.#dead) this.properties.attemptEnded(this.#ledger);
    }
  }

  #connect(): CopyContext {
    const { world } = this;
    const { traits } = world.schedule;
    let number = 0;
    const line = (side: 'source' | 'destination') => new ModelLine(world, world[side], side, ++number);
    const [from, read] = [line('source'), line('destination')];
    const writers = Array.from({ length: traits.writers }, () => line('destination'));
    world.lines = [from, read, ...writers];
    const sessions = writers.map(sessionOf);
    const source = new Desk(sessionOf(from), 'EXAMINE');
    const destination = new Desk(sessionOf(read), 'SELECT');
    const early = new EarlyOpenings();
    const judge = () => VERDICT;
    return {
      allowance: null,
      lineOctets: null,
      inquiry: this.#inquiry,
      connections: {
        source: {
          scan: source,
          fetch: source,
          inbox: null,
          refusals: new RefusalStreak('source', 'UID FETCH'),
          sizes: new SizeRecord(),
        },
        destination: {
          session: sessions[0]!,
          read: destination,
          keywords: new Keywords(destination, early),
          readSession: sessionOf(read),
          early,
          statuses: newTrials().status,
          lane: new AppendLane(
            sessions,
            traits.multiAppend ? 'MULTIAPPEND, LITERAL+' : 'APPEND, literals waited for',
            judge,
            world,
          ),
        },
      },
      clock: world,
      random: () => 0.5,
      signal: new AbortController().signal,
      memory: [],
      sending: { deleted: 'carry', dates: 'internal', ...ALL_DAYS },
      beganAt: world.now(),
      maxSize: null,
      judge,
      fail: (failure) => this.#enter(failure),
      log: (_level, _folder, text) => world.tell(text),
    };
  }

  #enter({ response, doubles }: Failure): void {
    if (!doubles) return;
    for (const uid of doubles.byDestination.keys()) this.#doubles.add(uid);
    this.world.tell(`entered: ${response}`);
  }

  /** The UID ledger first and the error ledger then, as checkpoints are written. */
  #save(): Promise<void> {
    const saved = this.#write();
    this.#saving = Promise.allSettled([this.#saving, saved]).then(() => {});
    saved.catch(() => {});
    return saved;
  }

  async #write(): Promise<void> {
    const doubles = JSON.stringify([...this.#doubles]);
    const settled = this.#ledger.settledSources();
    await this.#ledger.checkpoint();
    this.properties.saved(settled);
    await this.#disk.create(ERRORS, doubles);
  }

  #die(): void {
    this.#dead = true;
    this.#disk.stepsLeft = 0;
    for (const line of this.world.lines) line.drop(new Error('the client died'));
  }
}
