import {
  type AnswerOf,
  type CommandName,
  type EngineCommand,
  type Handlers,
  handle,
  isOfBatch,
} from '../protocol/commands.js';
import type { Instant, MailboxEntity, Status } from '../protocol/entities.js';
import { PROTOCOL_VERSION } from '../protocol/entities.js';
import type { EngineEvent } from '../protocol/events.js';
import { A_BUG, ERRORS_OPEN, exitCodeOf, STOPPED_BEFORE_THE_END } from '../protocol/exit-code.js';
import type { Decisions } from '../store/decisions/decisions.js';
import { diskTroubleIn } from '../store/documents/disk-trouble.js';
import { answersOf } from './answer-commands.js';
import { EndpointHolds } from './governor/endpoint-holds.js';
import type { Governor } from './governor/governor.js';
import { LocalGovernor } from './governor/local.js';
import { SharedLogins } from './governor/shared-logins.js';
import { keepYoungSpaceSmall } from './imap/connection/spent-buffers.js';
import { type Connect, connectTcp } from './imap/connection/transport.js';
import { loadTheRest } from './load-the-rest.js';
import { AnsweredCredentials } from './login/answered-credentials.js';
import { readTrust } from './login/open-lines.js';
import { sourceOpener } from './login/source-session.js';
import { MessageDesk } from './look/message-desk.js';
import type { Worker } from './mailbox/worker.js';
import { MemoryBudget } from './memory/memory-budget.js';
import { EndpointHealth } from './publish/endpoint-health.js';
import { Publisher } from './publish/publisher.js';
import type { EngineParts, RunningEngine, StartEngine } from './running-engine.js';
import { saveAll } from './save-all.js';
import { Attempts } from './schedule/attempts.js';
import { hireWorkers } from './schedule/hire-workers.js';
import { JumpWatch } from './schedule/jump-watch.js';
import { LargeMailboxes } from './schedule/large-mailboxes.js';
import { type Course, Orders } from './schedule/orders.js';
import { Roster } from './schedule/roster.js';
import { lastStartAfter } from './schedule/scheduler.js';
import { windowAt } from './schedule/time-window.js';
import { Turns } from './schedule/turns.js';
import type { MailboxOrders } from './triage/mailbox-orders.js';
import { Triage } from './triage/triage.js';

/** An engine that was opened to be looked at ends when nobody came for so long, in milliseconds. */
const NOBODY_CAME = 60_000;

/** Its mailboxes are shown by then. */
const REST_AFTER = 1_000;

/** Runs a batch over TCP. */
export const startEngine: StartEngine = (parts) => new Engine(parts, connectTcp);

/** A batch at work: takes commands, publishes entities. */
export class Engine implements RunningEngine {
  private readonly parts: EngineParts;
  readonly #roster = new Roster(() => this.#turns.wake());
  readonly #drain = new AbortController();
  readonly #drop = new AbortController();
  readonly #memory: MemoryBudget;
  readonly #course: Course;
  readonly #credentials: AnsweredCredentials;
  readonly #orders: Orders;
  readonly #health: EndpointHealth;
  readonly #governor: Governor;
  readonly #turns: Turns;
  readonly #publisher: Publisher;
  readonly #shared: SharedLogins;
  readonly #holds: EndpointHolds;
  readonly #attempts: Attempts;
  readonly #large = new LargeMailboxes();
  readonly #orderBooks = new Map<string, MailboxOrders>();
  readonly #messages: MessageDesk;
  readonly #answers: Handlers<CommandName>;
  #triage: Triage | null = null;
  #isHired: () => void = () => undefined;
  /** Resolves when all mailboxes are there, or never will be. */
  readonly #hired = new Promise<void>((resolve) => {
    this.#isHired = resolve;
  });
  #attending = 0;
  /** Opened to be looked at: aborted when somebody came, or nobody will. */
  readonly #met = new AbortController();

  constructor(
    given: EngineParts,
    private readonly connect: Connect,
  ) {
    const clock = new JumpWatch(given.clock);
    clock.onJump((by) => this.#clockSet(by));
    const parts = { ...given, clock };
    this.parts = parts;
    const { batch } = parts;
    this.#memory = new MemoryBudget(batch.options.memory);
    this.#course = { state: 'running', options: batch.options, nextFirstAt: 0 };
    this.#health = new EndpointHealth(batch.mailboxes.length);
    this.#governor = new LocalGovernor({
      batch,
      clock,
      random: parts.random,
      shared: (side, row) => this.#credentials.shared(side, row),
      concurrency: () => this.#course.options.concurrency,
      waiting: () => this.#roster.queue.size,
      onRoom: () => this.#turns.roomMade(),
      say: (level, text) => this.#publisher.say(level, text),
    });
    this.#turns = new Turns({
      roster: this.#roster,
      course: this.#course,
      governor: this.#governor,
      clock,
      random: parts.random,
    });
    this.#credentials = new AnsweredCredentials(parts.credentials);
    this.#messages = new MessageDesk({
      mailbox: (mailbox) => this.#roster.find(mailbox),
      open: sourceOpener({
        batch,
        credentials: this.#credentials,
        trust: () => readTrust('source', batch.source),
        connect,
        clock,
      }),
      drop: this.#drop.signal,
    });
    this.#orders = new Orders({
      roster: this.#roster,
      course: this.#course,
      credentials: this.#credentials,
      drain: this.#drain,
      drop: this.#drop,
      clock,
      wake: () => this.#turns.wake(),
    });
    this.#publisher = new Publisher({
      batch,
      clock,
      log: parts.store.log,
      course: this.#course,
      health: this.#health,
      decided: () => this.#triage?.last ?? 0,
      governor: this.#governor,
      entity: (id) => this.#worker(id).entity,
      drop: this.#drop.signal,
    });
    this.#publisher.onEvent((event) => event.type === 'mailbox' && this.#checkLarge(event.mailbox));
    this.#shared = new SharedLogins({
      roster: this.#roster,
      shared: (side, row) => this.#credentials.shared(side, row),
    });
    this.#holds = new EndpointHolds(this.#roster, this.#governor);
    this.#attempts = new Attempts({
      roster: this.#roster,
      publisher: this.#publisher,
      orders: this.#orders,
      health: this.#health,
      shared: this.#shared,
      holds: this.#holds,
      triage: () => this.#triage,
      orderBooks: this.#orderBooks,
      drain: this.#drain.signal,
      drop: this.#drop.signal,
      clock,
      wake: () => this.#turns.wake(),
    });
    this.#answers = answersOf({
      orders: this.#orders,
      messages: this.#messages,
      triage: () => this.#triage,
      status: () => this.status(),
      lastLines: (most) => this.#publisher.lastLines(most),
      publish: () => this.#publisher.publish(),
      wake: () => this.#turns.wake(),
    });
    keepYoungSpaceSmall();
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    return this.#publisher.onEvent(listener);
  }

  attend(): () => void {
    this.#attending++;
    this.#met.abort();
    let there = true;
    return () => {
      if (there) this.#attending--;
      there = false;
      this.#turns.wake();
    };
  }

  async run(): Promise<number> {
    await this.#hire();
    this.#publisher.begin();
    void this.parts.clock.sleep(REST_AFTER, this.#drop.signal).then(loadTheRest);
    if (this.parts.atRest) this.#awaitOperator();
    else this.#announce();
    while (this.#hasWork()) {
      if (this.#drain.signal.aborted) this.#stopQueue();
      else if (this.#course.state === 'paused') this.#turns.none('the batch is paused');
      else {
        this.#course.state = this.#roster.busy ? 'running' : 'waiting';
        const { options } = this.#course;
        const { open, until } = windowAt(options.window, this.parts.clock.now());
        if (open) this.#startSome();
        else this.#waitForWindow(until);
      }
      if (!this.#hasWork()) break;
      if (this.#course.state === 'waiting') this.#publisher.publish();
      await this.#turns.rest();
    }
    await Promise.allSettled(this.#roster.running.values());
    if (this.#drain.signal.aborted) this.#stopQueue();
    const isSaved = await this.#saveAll();
    this.#course.state = this.#drain.signal.aborted ? 'stopped' : 'ended';
    this.#publisher.publish();
    // A log that could not be written costs lines, never the copy.
    await this.parts.store.log
      .flush()
      .catch((error: unknown) =>
        this.#publisher.say('warn', `some lines of the log are missing: ${diskTroubleIn(error)?.message ?? error}`),
      );
    const exitCode = this.#attempts.bug === null ? this.#exitCode(isSaved) : A_BUG;
    this.#publisher.emit({ type: 'end', exitCode, batch: this.#publisher.batch() });
    if (this.#attempts.bug !== null) throw this.#attempts.bug;
    return exitCode;
  }

  #awaitOperator(): void {
    const over = AbortSignal.any([this.#met.signal, this.#drain.signal]);
    void this.parts.clock.sleep(NOBODY_CAME, over).then(() => {
      this.#met.abort();
      this.#turns.wake();
    });
  }

  /** Something is at work or waits, or needs a hand while somebody is there to act: an engine does not end on its operator. */
  #hasWork(): boolean {
    if (this.#roster.busy) return true;
    if (this.#drain.signal.aborted) return false;
    if (this.parts.atRest && !this.#met.signal.aborted) return true;
    return (
      this.#course.state === 'paused' ||
      this.#roster.some('paused') ||
      (this.#attending > 0 &&
        (this.parts.atRest === true || this.#roster.some('held') || this.#publisher.batch().errors > 0))
    );
  }

  async command<C extends EngineCommand>(command: C): Promise<AnswerOf<C['do']>> {
    // Half of the mailboxes would be half an answer; a batch as a whole is stopped at any time.
    if (!isOfBatch(command)) await this.#hired;
    // Where the clock was set, what is waited for moves along with it before anything is decided by it.
    this.parts.clock.now();
    return handle(this.#answers, command);
  }

  status(): Status {
    return { version: PROTOCOL_VERSION, batch: this.#publisher.batch(), mailboxes: this.#publisher.current() };
  }

  async #hire(): Promise<void> {
    this.parts.store.onRemark((text) => this.#publisher.say('warn', text));
    try {
      const decisions = await this.parts.store.decisions();
      const triage = this.#triageOn(decisions);
      await this.#hireAll(decisions, triage);
      this.#triage = triage;
    } finally {
      this.#isHired();
    }
  }

  #hireAll(decisions: Decisions, triage: Triage): Promise<void> {
    return hireWorkers({
      engine: this.parts,
      connect: this.connect,
      credentials: this.#credentials,
      memory: this.#memory,
      roster: this.#roster,
      decisions,
      triage,
      orderBooks: this.#orderBooks,
      publisher: this.#publisher,
      onServer: (row, side, software) => {
        this.#health.reached(side, software);
        this.#holds.reached(side);
        this.#shared.worked(row, side);
      },
    });
  }

  #triageOn(decisions: Decisions): Triage {
    const { store, clock } = this.parts;
    return new Triage({
      decisions,
      roster: this.#roster,
      clock,
      startedAt: store.batch.createdAt,
      count: () => {
        const { counts, errors } = this.#publisher.batch();
        return { copied: counts.copied, synced: this.#publisher.inStep, failed: errors };
      },
      say: (level, text) => this.#publisher.say(level, text),
      start: (worker, at, why) => this.#orders.startBy(worker, at, why),
      release: (worker, why) => this.#orders.release(worker, why),
      rest: (worker, until) => this.#orders.restUntil(worker, until),
    });
  }

  /** All instants that are kept of the clock on the wall move along. */
  #clockSet(by: number): void {
    const course = this.#course;
    if (course.nextFirstAt > 0) course.nextFirstAt += by;
    this.#roster.clockSet(by);
    this.#health.clockSet(by);
    this.#publisher.clockSet(by);
    this.#turns.wake();
  }

  #announce(): void {
    const { batch } = this.parts;
    const { stagger, concurrency } = batch.options;
    const workers = [...this.#roster.workers.values()];
    const first = workers.filter((worker) => worker.first).length;
    if (first > 1 && stagger.max > 0) {
      const last = new Date(this.parts.clock.now() + lastStartAfter(first, stagger)).toISOString();
      this.#publisher.say(
        'info',
        `${first} first starts, ${stagger.min} to ${stagger.max} s apart, ${concurrency} at once: the last one about ${last} if places are free`,
      );
    }
  }

  /** What is at work settles what is in flight and goes on when the window opens. */
  #waitForWindow(opensAt: Instant): void {
    for (const id of this.#roster.running.keys()) this.#roster.tell(this.#worker(id), { kind: 'window closed' });
    this.#turns.none('the window is closed', opensAt);
  }

  /** The mailboxes that may start now do; the others are told what they wait for. */
  #startSome(): void {
    for (const due of this.#turns.due()) this.#attempts.start(due);
    this.#turns.tell();
  }

  #worker(id: string): Worker {
    return this.#roster.workers.get(id)!;
  }

  #checkLarge(entity: MailboxEntity): void {
    const warning = this.#large.warning(entity, this.#course.options.stagger.min);
    if (warning !== null) this.#publisher.say('warn', warning);
  }

  #stopQueue(): void {
    this.#turns.noneEver();
    this.#roster.tellAll({ kind: 'stopped', how: 'drain' });
  }

  /** @returns whether the disk took it */
  async #saveAll(): Promise<boolean> {
    const { unsaved, trouble } = await saveAll([...this.#roster.workers.values()]);
    if (trouble === null) return true;
    const whose = unsaved
      .map(({ row }) => row.email)
      .slice(0, 5)
      .join(', ');
    const more = unsaved.length > 5 ? ` and ${unsaved.length - 5} more` : '';
    this.#publisher.say('error', `how ${whose}${more} ended could not be written down: ${trouble.message}`);
    return false;
  }

  #exitCode(isSaved: boolean): number {
    if (this.#drain.signal.aborted) return STOPPED_BEFORE_THE_END;
    return isSaved ? exitCodeOf(this.#publisher.batch()) : ERRORS_OPEN;
  }
}
