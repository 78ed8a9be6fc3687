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
import type { Looks } from '../store/looks/looks.js';
import { showTime } from '../words/times.js';
import { answersOf } from './answer-commands.js';
import { EngineRooms } from './engine-rooms.js';
import { keepYoungSpaceSmall } from './imap/connection/spent-buffers.js';
import { type Connect, connectTcp } from './imap/connection/transport.js';
import { loadTheRest } from './load-the-rest.js';
import type { EngineParts, RunningEngine, StartEngine } from './running-engine.js';
import { saveAll } from './save-all.js';
import { hireWorkers, type Rehire } from './schedule/hire-workers.js';
import { JumpWatch } from './schedule/jump-watch.js';
import { LargeMailboxes } from './schedule/large-mailboxes.js';
import { lastStartAfter } from './schedule/scheduler.js';
import { windowAt } from './schedule/time-window.js';
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
  readonly #rooms: EngineRooms;
  readonly #large = new LargeMailboxes();
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
    clock.onJump((by) => this.#rooms.clockSet(by));
    const parts = { ...given, clock };
    this.parts = parts;
    this.#rooms = new EngineRooms(parts, connect, () => this.#triage);
    this.#rooms.publisher.onEvent((event) => event.type === 'mailbox' && this.#checkLarge(event.mailbox));
    this.#answers = answersOf({
      orders: this.#rooms.orders,
      messages: this.#rooms.messages,
      changes: this.#rooms.changes,
      triage: () => this.#triage,
      status: () => this.status(),
      lastLines: (most) => this.#rooms.publisher.lastLines(most),
      publish: () => this.#rooms.publisher.publish(),
      wake: () => this.#rooms.turns.wake(),
    });
    keepYoungSpaceSmall();
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    return this.#rooms.publisher.onEvent(listener);
  }

  attend(): () => void {
    this.#attending++;
    this.#met.abort();
    let there = true;
    return () => {
      if (there) this.#attending--;
      there = false;
      this.#rooms.turns.wake();
    };
  }

  async run(): Promise<number> {
    await this.#hire();
    await this.#rooms.notifier?.open();
    this.#rooms.publisher.begin();
    void this.parts.clock.sleep(REST_AFTER, this.#rooms.drop.signal).then(loadTheRest);
    if (this.parts.atRest) this.#awaitOperator();
    else this.#announce();
    while (this.#hasWork()) {
      if (this.#rooms.drain.signal.aborted) this.#stopQueue();
      else if (this.#rooms.course.state === 'paused') this.#rooms.turns.none({ key: 'batch paused' });
      else {
        this.#rooms.course.state = this.#rooms.roster.busy ? 'running' : 'waiting';
        const { options } = this.#rooms.course;
        const { open, until } = windowAt(options.window, this.parts.clock.now());
        if (open) this.#startSome();
        else this.#waitForWindow(until);
      }
      if (!this.#hasWork()) break;
      if (this.#rooms.course.state === 'waiting') this.#rooms.publisher.publish();
      await this.#rooms.turns.rest();
    }
    await Promise.allSettled(this.#rooms.roster.running.values());
    this.#rooms.over.abort();
    if (this.#rooms.drain.signal.aborted) this.#stopQueue();
    const isSaved = await this.#saveAll();
    this.#rooms.course.state = this.#rooms.drain.signal.aborted ? 'stopped' : 'ended';
    if (this.#rooms.course.state === 'ended') this.#rooms.publisher.sayHowItTold();
    this.#rooms.publisher.publish();
    const exitCode = this.#rooms.attempts.bug === null ? this.#exitCode(isSaved) : A_BUG;
    // Wait for the last notices: the log says what became of them.
    await this.#rooms.notifier?.end(exitCode, this.#rooms.drain.signal.aborted ? 'stopped' : 'by itself');
    // A log that could not be written costs lines, never the copy.
    await this.parts.store.log
      .flush()
      .catch((error: unknown) =>
        this.#rooms.publisher.say(
          'warn',
          `some lines of the log are missing: ${diskTroubleIn(error)?.message ?? error}`,
        ),
      );
    this.#rooms.publisher.emit({ type: 'end', exitCode, batch: this.#rooms.publisher.batch() });
    if (this.#rooms.attempts.bug !== null) throw this.#rooms.attempts.bug;
    return exitCode;
  }

  #awaitOperator(): void {
    const over = AbortSignal.any([this.#met.signal, this.#rooms.drain.signal]);
    void this.parts.clock.sleep(NOBODY_CAME, over).then(() => {
      this.#met.abort();
      this.#rooms.turns.wake();
    });
  }

  /** Something is at work or waits, or needs a hand while somebody is there to act: an engine does not end on its operator. */
  #hasWork(): boolean {
    if (this.#rooms.roster.busy) return true;
    if (this.#rooms.drain.signal.aborted) return false;
    if (this.parts.atRest && !this.#met.signal.aborted) return true;
    return (
      this.#rooms.course.state === 'paused' ||
      this.#rooms.roster.some('paused') ||
      (this.#attending > 0 &&
        (this.parts.atRest === true || this.#rooms.roster.some('held') || this.#rooms.publisher.batch().errors > 0))
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
    return {
      version: PROTOCOL_VERSION,
      batch: this.#rooms.publisher.batch(),
      mailboxes: this.#rooms.publisher.current(),
    };
  }

  async #hire(): Promise<void> {
    this.parts.store.onRemark((text) => this.#rooms.publisher.say('warn', text));
    try {
      const [decisions, looks] = await Promise.all([this.parts.store.decisions(), this.parts.store.looks()]);
      const triage = this.#triageOn(decisions);
      this.#rooms.changes.onCorrected = await this.#hireAll(decisions, triage, looks);
      if (this.#looksAhead) this.#rooms.looksAhead(looks);
      this.#triage = triage;
    } finally {
      this.#isHired();
    }
  }

  /** A token is fetched when it is needed: one that was fetched for a look has expired when its mailbox starts. */
  get #looksAhead(): boolean {
    const { batch, atRest } = this.parts;
    return batch.options.look === 'ahead' && batch.source.tokenCommand === null && atRest !== true;
  }

  #hireAll(decisions: Decisions, triage: Triage, looks: Looks): Promise<Rehire> {
    return hireWorkers({
      engine: this.parts,
      connect: this.connect,
      credentials: this.#rooms.credentials,
      trust: this.#rooms.trust,
      memory: this.#rooms.memory,
      roster: this.#rooms.roster,
      decisions,
      triage,
      orderBooks: this.#rooms.orderBooks,
      publisher: this.#rooms.publisher,
      looks,
      onServer: (row, side, software) => {
        this.#rooms.worker(row.id).loggedIn(side, this.#rooms.credentials.isTyped(side, row) ? 'typed' : 'as planned');
        this.#rooms.health.reached(side, software);
        this.#rooms.holds.reached(side);
        this.#rooms.shared.worked(row, side);
      },
    });
  }

  #triageOn(decisions: Decisions): Triage {
    const { store, clock } = this.parts;
    return new Triage({
      decisions,
      roster: this.#rooms.roster,
      clock,
      startedAt: store.batch.createdAt,
      count: () => {
        const { counts, errors } = this.#rooms.publisher.batch();
        return { copied: counts.copied, synced: this.#rooms.publisher.inStep, failed: errors };
      },
      say: (level, text) => this.#rooms.publisher.say(level, text),
      start: (worker, at, why) => this.#rooms.orders.startBy(worker, at, why),
      release: (worker, why) => this.#rooms.orders.release(worker, why),
      rest: (worker, until) => this.#rooms.orders.restUntil(worker, until),
      giveUp: (worker, state) => this.#rooms.roster.tell(worker, { kind: 'given up', state }),
      takeUp: (worker) => this.#rooms.orders.takeUp(worker),
    });
  }

  #announce(): void {
    const { batch } = this.parts;
    const { stagger, concurrency } = batch.options;
    const workers = [...this.#rooms.roster.workers.values()];
    const first = workers.filter((worker) => worker.first).length;
    if (first > 1 && stagger.max > 0) {
      const last = showTime(this.parts.clock.now() + lastStartAfter(first, stagger));
      this.#rooms.publisher.say(
        'info',
        `${first} first starts, ${stagger.min} to ${stagger.max} s apart, ${concurrency} at once: the last one about ${last} if places are free`,
      );
    }
  }

  /** Mailboxes at work settle what is in flight and go on when the window opens. */
  #waitForWindow(opensAt: Instant): void {
    for (const id of this.#rooms.roster.running.keys())
      this.#rooms.roster.tell(this.#rooms.worker(id), { kind: 'window closed' });
    this.#rooms.turns.none({ key: 'window closed' }, opensAt);
  }

  /** The mailboxes that may start now do; the others are told what they wait for. */
  #startSome(): void {
    for (const due of this.#rooms.turns.due()) {
      this.#rooms.early?.starts(due.id);
      this.#rooms.attempts.start(due);
    }
    this.#rooms.turns.tell();
  }

  #checkLarge(entity: MailboxEntity): void {
    const warning = this.#large.warning(entity, this.#rooms.course.options.stagger.min);
    if (warning !== null) this.#rooms.publisher.say('warn', warning);
  }

  #stopQueue(): void {
    this.#rooms.turns.noneEver();
    this.#rooms.roster.tellAll({ kind: 'stopped', how: 'drain' });
  }

  /** @returns whether the disk took it */
  async #saveAll(): Promise<boolean> {
    const { unsaved, trouble } = await saveAll([...this.#rooms.roster.workers.values()]);
    if (trouble === null) return true;
    const whose = unsaved
      .map(({ row }) => row.email)
      .slice(0, 5)
      .join(', ');
    const more = unsaved.length > 5 ? ` and ${unsaved.length - 5} more` : '';
    this.#rooms.publisher.say('error', `how ${whose}${more} ended could not be written down: ${trouble.message}`);
    return false;
  }

  #exitCode(isSaved: boolean): number {
    if (this.#rooms.drain.signal.aborted) return STOPPED_BEFORE_THE_END;
    return isSaved ? exitCodeOf(this.#rooms.publisher.batch()) : ERRORS_OPEN;
  }
}
