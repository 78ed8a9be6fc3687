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
import { EngineWiring } from './engine-wiring.js';
import { keepYoungSpaceSmall } from './imap/connection/spent-buffers.js';
import { type Connect, connectTcp } from './imap/connection/transport.js';
import { loadTheRest } from './load-the-rest.js';
import { createWorkers, type Recreate } from './roster/create-workers.js';
import { mayLookAhead } from './roster/looks-ahead.js';
import type { EngineParts, RunningEngine, StartEngine } from './running-engine.js';
import { saveAll } from './save-all.js';
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
  readonly #wiring: EngineWiring;
  readonly #large = new LargeMailboxes();
  readonly #answers: Handlers<CommandName>;
  #triage: Triage | null = null;
  #isHired: () => void = () => undefined;
  /** Resolves when all mailboxes are there, or never will be. */
  readonly #created = new Promise<void>((resolve) => {
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
    clock.onJump((by) => this.#wiring.clockSet(by));
    const parts = { ...given, clock };
    this.parts = parts;
    this.#wiring = new EngineWiring(parts, connect, () => this.#triage);
    this.#wiring.publisher.onEvent((event) => event.type === 'mailbox' && this.#checkLarge(event.mailbox));
    this.#answers = answersOf({
      orders: this.#wiring.orders,
      messages: this.#wiring.messages,
      changes: this.#wiring.changes,
      certificate: (command) => this.#wiring.certificates.look(command),
      triage: () => this.#triage,
      status: () => this.status(),
      pace: () => this.#wiring.publisher.pace(),
      rehearse: (command) => this.#wiring.rehearsals.take(command),
      lastLines: (most) => this.#wiring.publisher.lastLines(most),
      publish: () => this.#wiring.publisher.publish(),
      wake: () => this.#wiring.turns.wake(),
    });
    keepYoungSpaceSmall();
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    return this.#wiring.publisher.onEvent(listener);
  }

  attend(): () => void {
    this.#attending++;
    this.#met.abort();
    let there = true;
    return () => {
      if (there) this.#attending--;
      there = false;
      this.#wiring.turns.wake();
    };
  }

  async run(): Promise<number> {
    await this.#create();
    await this.#wiring.notifier?.open();
    this.#wiring.publisher.begin();
    void this.parts.clock.sleep(REST_AFTER, this.#wiring.drop.signal).then(loadTheRest);
    if (this.parts.atRest) this.#awaitOperator();
    else this.#announce();
    while (this.#hasWork()) {
      this.#takeTurn();
      if (!this.#hasWork()) break;
      if (this.#wiring.control.state === 'waiting') this.#wiring.publisher.publish();
      await this.#wiring.turns.rest();
    }
    await Promise.allSettled(this.#wiring.roster.running.values());
    return await this.#end();
  }

  /** Starts the mailboxes that may start now, or says why none may. */
  #takeTurn(): void {
    const { control, drain, roster, turns } = this.#wiring;
    if (drain.signal.aborted) this.#stopQueue();
    else if (control.state === 'paused') turns.none({ key: 'batch paused' });
    else {
      control.state = roster.busy ? 'running' : 'waiting';
      const { open, until } = windowAt(control.options.window, this.parts.clock.now());
      if (open) this.#startSome();
      else this.#waitForWindow(until);
    }
  }

  /** Writes everything down when nothing is at work any more. @returns the exit code */
  async #end(): Promise<number> {
    const { attempts, control, drain, notifier, over, publisher } = this.#wiring;
    over.abort();
    const isStopped = () => drain.signal.aborted;
    if (isStopped()) this.#stopQueue();
    // The pace is kept before the mailboxes: a disk that is full by now is reported by what it refuses of them.
    await publisher.keepPace();
    const isSaved = await this.#saveAll();
    control.state = isStopped() ? 'stopped' : 'ended';
    publisher.end();
    const exitCode = attempts.bug === null ? this.#exitCode(isSaved) : A_BUG;
    // The last notices are waited for, because the log says what became of them.
    await notifier?.end(exitCode, isStopped() ? 'stopped' : 'by itself');
    await this.parts.store.log.flush().catch((error: unknown) => {
      publisher.say('warn', `some lines of the log are missing: ${diskTroubleIn(error)?.message ?? error}`);
    });
    publisher.emit({ type: 'end', exitCode, batch: publisher.batch() });
    if (attempts.bug !== null) throw attempts.bug;
    return exitCode;
  }

  #awaitOperator(): void {
    const over = AbortSignal.any([this.#met.signal, this.#wiring.drain.signal]);
    void this.parts.clock.sleep(NOBODY_CAME, over).then(() => {
      this.#met.abort();
      this.#wiring.turns.wake();
    });
  }

  /** Something is at work or waits, or needs a hand while somebody is there to act: an engine does not end on its operator. */
  #hasWork(): boolean {
    if (this.#wiring.roster.busy) return true;
    if (this.#wiring.drain.signal.aborted) return false;
    if (this.parts.atRest && !this.#met.signal.aborted) return true;
    return (
      this.#wiring.control.state === 'paused' ||
      this.#wiring.roster.some('paused') ||
      (this.#attending > 0 &&
        (this.parts.atRest === true || this.#wiring.roster.some('held') || this.#wiring.publisher.batch().errors > 0))
    );
  }

  async command<C extends EngineCommand>(command: C): Promise<AnswerOf<C['do']>> {
    // Half of the mailboxes would be half an answer; a batch as a whole is stopped at any time.
    if (!isOfBatch(command)) await this.#created;
    // Where the clock was set, what is waited for moves along with it before anything is decided by it.
    this.parts.clock.now();
    return handle(this.#answers, command);
  }

  status(): Status {
    return {
      version: PROTOCOL_VERSION,
      batch: this.#wiring.publisher.batch(),
      mailboxes: this.#wiring.publisher.current(),
    };
  }

  async #create(): Promise<void> {
    this.parts.store.onRemark((text) => this.#wiring.publisher.say('warn', text));
    try {
      const { store, clock } = this.parts;
      const [decisions, looks, pace] = await Promise.all([store.decisions(), store.looks(), store.pace()]);
      this.#wiring.looks = looks;
      this.#wiring.publisher.night.takeUp(pace, clock.now());
      const triage = this.#triageOn(decisions);
      this.#wiring.changes.onCorrected = await this.#createAll(decisions, triage, looks);
      if (mayLookAhead(this.parts.batch) && this.parts.atRest !== true) this.#wiring.looksAhead(looks);
      this.#triage = triage;
    } finally {
      this.#isHired();
    }
  }

  #createAll(decisions: Decisions, triage: Triage, looks: Looks): Promise<Recreate> {
    const { credentials, trust, memory, paces, allowances, roster, orderBooks, publisher } = this.#wiring;
    return createWorkers({
      ...{ credentials, trust, memory, paces, allowances, roster, orderBooks, publisher },
      engine: this.parts,
      connect: this.connect,
      decisions,
      triage,
      looks,
      onServer: (row, side, { server, known }) => {
        this.#wiring.worker(row.id).loggedIn(side, credentials.isTyped(side, row) ? 'typed' : 'as planned');
        this.#wiring.health.reached(side, row, server);
        this.#wiring.serverShown(side, row, known);
        this.#wiring.holds.reached(row, side);
        this.#wiring.shared.worked(row, side);
      },
    });
  }

  #triageOn(decisions: Decisions): Triage {
    const { store, clock } = this.parts;
    return new Triage({
      decisions,
      roster: this.#wiring.roster,
      clock,
      startedAt: store.batch.createdAt,
      count: () => {
        const { counts, errors } = this.#wiring.publisher.batch();
        return { copied: counts.copied, synced: this.#wiring.publisher.inStep, failed: errors };
      },
      source: this.#wiring.source,
      say: (level, text) => this.#wiring.publisher.say(level, text),
      start: (worker, at, why) => this.#wiring.orders.startBy(worker, at, why),
      release: (worker, why) => this.#wiring.orders.release(worker, why),
      rest: (worker, until) => this.#wiring.orders.restUntil(worker, until),
      giveUp: (worker, state) => this.#wiring.roster.tell(worker, { kind: 'given up', state }),
      takeUp: (worker) => this.#wiring.orders.takeUp(worker),
    });
  }

  #announce(): void {
    const { batch } = this.parts;
    const { stagger, concurrency } = batch.options;
    const workers = [...this.#wiring.roster.workers.values()];
    const first = workers.filter((worker) => worker.first).length;
    if (first > 1 && stagger.max > 0) {
      const last = showTime(this.parts.clock.now() + lastStartAfter(first, stagger));
      this.#wiring.publisher.say(
        'info',
        `${first} first starts, ${stagger.min} to ${stagger.max} s apart, ${concurrency} at once: the last one about ${last} if places are free`,
      );
    }
  }

  /** Mailboxes at work settle what is in flight and go on when the window opens. */
  #waitForWindow(opensAt: Instant): void {
    for (const id of this.#wiring.roster.running.keys())
      this.#wiring.roster.tell(this.#wiring.worker(id), { kind: 'window closed' });
    this.#wiring.turns.none({ key: 'window closed' }, opensAt);
  }

  /** The mailboxes that may start now do; the others are told what they wait for. */
  #startSome(): void {
    for (const due of this.#wiring.turns.due()) {
      this.#wiring.early?.starts(due.id);
      this.#wiring.attempts.start(due);
    }
    this.#wiring.turns.tell();
  }

  #checkLarge(entity: MailboxEntity): void {
    const warning = this.#large.warning(entity, this.#wiring.control.options.stagger.min);
    if (warning !== null) this.#wiring.publisher.say('warn', warning);
  }

  #stopQueue(): void {
    this.#wiring.turns.noneEver();
    this.#wiring.roster.tellAll({ kind: 'stopped', how: 'drain' });
  }

  /** @returns whether the disk took it */
  async #saveAll(): Promise<boolean> {
    const { unsaved, trouble } = await saveAll([...this.#wiring.roster.workers.values()]);
    if (trouble === null) return true;
    const whose = unsaved
      .map(({ row }) => row.email)
      .slice(0, 5)
      .join(', ');
    const more = unsaved.length > 5 ? ` and ${unsaved.length - 5} more` : '';
    this.#wiring.publisher.say('error', `how ${whose}${more} ended could not be written down: ${trouble.message}`);
    return false;
  }

  #exitCode(isSaved: boolean): number {
    if (this.#wiring.drain.signal.aborted) return STOPPED_BEFORE_THE_END;
    return isSaved ? exitCodeOf(this.#wiring.publisher.batch()) : ERRORS_OPEN;
  }
}
