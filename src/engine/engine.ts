import { setMaxListeners } from 'node:events';
import { BadInput } from '../words/bad-input.js';
import type { Side } from '../words/side.js';
import { AnsweredCredentials } from './answered-credentials.js';
import type { Failure } from './copy/job.js';
import { EndpointHealth } from './endpoint-health.js';
import { groupErrors } from './error-groups.js';
import { forecast } from './forecast.js';
import { keepYoungSpaceSmall } from './imap/spent-buffers.js';
import type { Trust } from './imap/transport.js';
import { type Connect, connectTcp } from './imap/transport.js';
import { LogTail } from './log-tail.js';
import { MemoryBudget } from './memory-budget.js';
import { readTrust } from './open-lines.js';
import { type Course, Orders } from './orders.js';
import type {
  BatchEntity,
  EngineAnswer,
  EngineCommand,
  EngineEvent,
  ErrorGroupEntity,
  LogLine,
  MailboxEntity,
  Status,
} from './protocol.js';
import { PROTOCOL_VERSION } from './protocol.js';
import { etaOf, Trend } from './rate-meter.js';
import { Roster } from './roster.js';
import type { EngineParts, RunningEngine, StartEngine } from './running-engine.js';
import { decide, lastStartAfter, type Waiting } from './scheduler.js';
import { showEndpoint } from './show-endpoint.js';
import { takeDestination } from './take-destination.js';
import { Totals } from './totals.js';
import { type Outcome, Worker } from './worker.js';

/** Exit codes of the program (design.md). */
const ALL_SETTLED = 0;
const A_BUG = 1;
const ERRORS_OPEN = 3;
const STOPPED_BEFORE_THE_END = 4;

/** Several source mailboxes over 30 GB want at least 60 s between their starts. */
const LARGE_MAILBOX = 30e9;

/** A shared login that worked before and is refused for so many mailboxes in a row has been withdrawn. */
const REFUSED_IN_ROW = 3;

/** Entities are published at most 4 times a second. */
const PUBLISH_EVERY = 250;
/** A rate falls while nothing happens: it is looked at again this often. */
const RATE_EVERY = 1000;

/** Runs a batch over TCP. */
export const startEngine: StartEngine = (parts) => new Engine(parts, connectTcp);

/** A batch at work: takes commands, publishes entities. */
export class Engine implements RunningEngine {
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #roster = new Roster();
  readonly #changed = new Set<string>();
  readonly #totals = new Totals();
  readonly #drain = new AbortController();
  readonly #drop = new AbortController();
  readonly #memory: MemoryBudget;
  readonly #startedAt: number;
  readonly #course: Course;
  readonly #credentials: AnsweredCredentials;
  readonly #orders: Orders;
  readonly #trend: Trend;
  readonly #lines = new LogTail();
  readonly #health = new EndpointHealth();
  /** Held because a shared login was refused, for this mailbox or another. */
  readonly #heldByShared: Record<Side, Set<string>> = { source: new Set(), destination: new Set() };
  /** A shared login was let in during this run; and how often it was refused in a row since. */
  readonly #sharedWorked: Record<Side, boolean> = { source: false, destination: false };
  readonly #sharedRefused: Record<Side, number> = { source: 0, destination: 0 };
  #attending = 0;
  #wakeAt: number | null = null;
  #wake: () => void = () => {};
  #publishing: Promise<void> | null = null;
  #beating: Promise<void> | null = null;
  #saidLarge = false;
  #bug: unknown = null;

  constructor(
    private readonly parts: EngineParts,
    private readonly connect: Connect,
  ) {
    const { batch, clock } = parts;
    this.#memory = new MemoryBudget(batch.options.memory);
    this.#startedAt = clock.now();
    this.#course = { state: 'running', options: batch.options, nextFirstAt: 0 };
    this.#credentials = new AnsweredCredentials(parts.credentials);
    this.#orders = new Orders({
      roster: this.#roster,
      course: this.#course,
      credentials: this.#credentials,
      drain: this.#drain,
      drop: this.#drop,
      clock,
      wake: () => this.#wake(),
    });
    this.#trend = new Trend(this.#startedAt);
    keepYoungSpaceSmall();
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  attend(): () => void {
    this.#attending++;
    let there = true;
    return () => {
      if (there) this.#attending--;
      there = false;
      this.#wake();
    };
  }

  async run(): Promise<number> {
    await this.#hire();
    this.#announce();
    while (this.#hasWork()) {
      if (this.#drain.signal.aborted) this.#stopQueue();
      else if (this.#course.state === 'paused') this.#rests('the batch is paused');
      else this.#startSome();
      if (!this.#hasWork()) break;
      await this.#rest();
    }
    await Promise.allSettled(this.#roster.running.values());
    if (this.#drain.signal.aborted) this.#stopQueue();
    await Promise.all([...this.#roster.workers.values()].map((worker) => worker.save()));
    this.#course.state = this.#drain.signal.aborted ? 'stopped' : 'ended';
    this.#publish();
    // A log that could not be written costs lines, never the copy.
    await this.parts.store.log.flush().catch((error: unknown) => this.#say('warn', `events.jsonl: ${error}`));
    const exitCode = this.#bug === null ? this.#exitCode() : A_BUG;
    this.#emit({ type: 'end', exitCode, batch: this.#batch() });
    if (this.#bug !== null) throw this.#bug;
    return exitCode;
  }

  /** Something is at work, waits, or is paused or held while somebody is there to act: an engine does not end on its operator. */
  #hasWork(): boolean {
    if (this.#roster.busy) return true;
    if (this.#drain.signal.aborted) return false;
    return (
      this.#course.state === 'paused' ||
      this.#roster.some('paused') ||
      (this.#attending > 0 && this.#roster.some('held'))
    );
  }

  async command(command: EngineCommand): Promise<EngineAnswer> {
    switch (command.do) {
      case 'status':
        return { ok: true, status: this.status() };
      case 'errors':
        return { ok: true, errors: this.#errors(command.mailbox) };
      case 'log':
        return { ok: true, log: this.#lines.last(command.lines) };
      default: {
        const answer = this.#orders.take(command);
        if (answer.ok) this.#publish();
        return answer;
      }
    }
  }

  status(): Status {
    return { version: PROTOCOL_VERSION, batch: this.#batch(), mailboxes: this.#current() };
  }

  /** A worker for each mailbox of the plan; documents are read where there are any, and born when it starts. */
  async #hire(): Promise<void> {
    const { batch, store, workspace, clock, random } = this.parts;
    const trust: Record<Side, Trust> = {
      source: await readTrust('source', batch.source),
      destination: await readTrust('destination', batch.destination),
    };
    const records = await store.everyMailbox();
    for (const row of batch.mailboxes) {
      const worker = new Worker({
        batch,
        row,
        record: records.get(row.id)!,
        credentials: this.#credentials,
        trust,
        connect: this.connect,
        clock,
        random,
        memory: this.#memory,
        takeDestination: () => takeDestination(workspace, batch.destination, row),
        onChange: () => this.#touch(row.id),
        onServer: (side, software) => {
          this.#health.reached(side, software);
          if (this.#credentials.shared(side, row)) {
            this.#sharedWorked[side] = true;
            this.#sharedRefused[side] = 0;
          }
          this.#releaseOthers(worker, side);
        },
        onFailure: (failure) => this.#onFailure(row.email, failure),
        onLog: (line) => this.#log({ ...line, at: clock.now(), mailbox: row.email }),
      });
      this.#roster.workers.set(row.id, worker);
      this.#roster.enqueue(row.id);
      worker.state = { kind: 'queued', startsAt: null, why: 'waits for its turn' };
    }
  }

  #announce(): void {
    const { batch } = this.parts;
    const { stagger, concurrency } = batch.options;
    const workers = [...this.#roster.workers.values()];
    const first = workers.filter((worker) => worker.first).length;
    if (first > 1 && stagger.max > 0) {
      const last = new Date(this.parts.clock.now() + lastStartAfter(first, stagger)).toISOString();
      this.#say(
        'info',
        `${first} first starts, ${stagger.min} to ${stagger.max} s apart, ${concurrency} at once: the last one about ${last} if places are free`,
      );
    }
    this.#checkLarge(workers.map((worker) => worker.entity));
  }

  /** The mailboxes that may start now do; the others are told what they wait for. */
  #startSome(): void {
    const { clock, random } = this.parts;
    const course = this.#course;
    const now = clock.now();
    const decision = decide(
      this.#waiting(),
      this.#roster.running.size,
      course.nextFirstAt,
      course.options,
      now,
      random,
    );
    course.nextFirstAt = decision.nextFirstAt;
    for (const id of decision.start) this.#start(id);
    this.#wakeAt = decision.wakeAt;
    const waiting = this.#waiting().filter(({ id }) => this.#worker(id).state.kind === 'queued');
    for (const [id, state] of forecast(waiting, this.#roster.running.size, course.nextFirstAt, course.options, now))
      this.#tell(id, state.startsAt, state.why);
  }

  #waiting(): Waiting[] {
    return [...this.#roster.queue].map((id) => ({
      id,
      first: this.#worker(id).first && !this.#roster.isOrdered(id),
      notBefore: this.#roster.notBefore(id),
    }));
  }

  /** Nobody starts. */
  #rests(why: string): void {
    this.#wakeAt = null;
    for (const id of this.#roster.queue) if (this.#worker(id).state.kind === 'queued') this.#tell(id, null, why);
  }

  #tell(id: string, startsAt: number | null, why: string): void {
    const worker = this.#worker(id);
    const { state } = worker;
    if (state.kind === 'queued' && state.why === why && state.startsAt === startsAt) return;
    worker.state = { kind: 'queued', startsAt, why };
  }

  #worker(id: string): Worker {
    return this.#roster.workers.get(id)!;
  }

  #start(id: string): void {
    const worker = this.#worker(id);
    const roster = this.#roster;
    roster.dequeue(id);
    roster.answered.delete(id);
    const stop = { drain: new AbortController(), drop: new AbortController() };
    roster.stops.set(id, stop);
    const drain = AbortSignal.any([this.#drain.signal, stop.drain.signal]);
    const drop = AbortSignal.any([this.#drop.signal, stop.drop.signal]);
    // Every folder that waits for its turn listens: that is no leak.
    setMaxListeners(0, drain, drop);
    const attempt = worker
      .attempt(drain, drop)
      .then((outcome) => this.#ended(id, worker, outcome))
      .catch((error: unknown) => this.#broke(worker, error))
      .finally(() => {
        roster.running.delete(id);
        roster.stops.delete(id);
        this.#wake();
      });
    roster.running.set(id, attempt);
  }

  /** What no server did: a state file that cannot be used, or a bug. It holds its mailbox; the others go on. */
  #broke(worker: Worker, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    if (!(error instanceof BadInput)) this.#bug ??= error;
    this.#say('error', `${worker.row.email}: ${error instanceof Error ? (error.stack ?? text) : text}`);
    worker.hold(text, 'Mend what it names, or report it, and resume.', null);
  }

  #ended(id: string, worker: Worker, outcome: Outcome): void {
    const roster = this.#roster;
    if (outcome.kind === 'again') {
      roster.enqueue(id, outcome.notBefore);
      this.#health.failed(outcome.failure, outcome.notBefore);
    }
    // Continued before its lines were closed.
    const goesOn = worker.state.kind === 'paused' && this.#course.state !== 'paused' && !roster.paused.has(id);
    // Answered while what the refusal left was still being written down.
    const answered = worker.asksPassword !== null && roster.answered.has(id);
    if (goesOn || answered) {
      roster.order(id, 0);
      worker.state = { kind: 'queued', startsAt: null, why: 'waits for its turn' };
    } else if (outcome.kind === 'held') this.#holdOthers(worker, outcome.failure.side, outcome.failure.verdict.kind);
  }

  /** A shared credential that was refused once stops all that use it: 500 failed logins earn a ban. */
  #holdOthers(refused: Worker, side: Side, kind: string): void {
    if (kind !== 'auth' || !this.#credentials.shared(side, refused.row)) return;
    // It let others in during this run: the account is at fault, unless it goes on like that.
    this.#sharedRefused[side]++;
    if (this.#sharedWorked[side] && this.#sharedRefused[side] < REFUSED_IN_ROW) return;
    this.#heldByShared[side].add(refused.row.id);
    for (const id of [...this.#roster.queue]) {
      const worker = this.#worker(id);
      if (!this.#credentials.shared(side, worker.row)) continue;
      this.#roster.dequeue(id);
      this.#heldByShared[side].add(id);
      worker.hold(
        `${side}: the shared login was refused for ${refused.row.email}`,
        'Answer with the password of the shared login, or mend it and resume.',
        side,
      );
    }
  }

  /** A shared login works (again): those that were held because of it go on. */
  #releaseOthers(worker: Worker, side: Side): void {
    const held = this.#heldByShared[side];
    if (held.size === 0 || !this.#credentials.shared(side, worker.row)) return;
    for (const id of held) {
      const other = this.#worker(id);
      if (other.state.kind !== 'held' || this.#roster.running.has(id)) continue;
      this.#roster.enqueue(id);
      other.state = { kind: 'queued', startsAt: null, why: 'waits for its turn' };
    }
    held.clear();
    this.#wake();
  }

  /** Said once: two source mailboxes over 30 GB that start close together. */
  #checkLarge(entities: readonly MailboxEntity[]): void {
    for (const { id, counts } of entities) if (counts.bytesTotal > LARGE_MAILBOX) this.#large.add(id);
    if (this.#large.size <= 1 || this.#course.options.stagger.min >= 60 || this.#saidLarge) return;
    this.#saidLarge = true;
    this.#say(
      'warn',
      `${this.#large.size} source mailboxes are over 30 GB and start less than 60 s apart: a source may take that for an attack; --stagger 60-90 is the default`,
    );
  }

  readonly #large = new Set<string>();

  async #rest(): Promise<void> {
    const waking = new AbortController();
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const until = this.#wakeAt;
    const { clock } = this.parts;
    const timer =
      until === null ? new Promise<void>(() => {}) : clock.sleep(Math.max(0, until - clock.now()), waking.signal);
    await Promise.race([woken, timer]);
    waking.abort();
  }

  #stopQueue(): void {
    // A start that was due is due no more: waking for it would spin while the last lines are drained.
    this.#wakeAt = null;
    for (const [id, worker] of this.#roster.workers) {
      if (this.#roster.dequeue(id) || worker.state.kind === 'paused') worker.state = { kind: 'stopped' };
    }
  }

  #errors(mailbox: string | null): ErrorGroupEntity[] {
    const ledgers = [...this.#roster.workers.values()]
      .filter(({ row }) => mailbox === null || row.email === mailbox || row.id === mailbox)
      .map((worker) => ({ mailbox: worker.row.email, errors: worker.errors }));
    return groupErrors(ledgers);
  }

  #exitCode(): number {
    if (this.#drain.signal.aborted) return STOPPED_BEFORE_THE_END;
    const entities = this.#current();
    if (entities.some(({ state }) => state.kind === 'stopped')) return STOPPED_BEFORE_THE_END;
    const settled = entities.every(({ state, errors }) => state.kind === 'synced' && errors === 0);
    return settled ? ALL_SETTLED : ERRORS_OPEN;
  }

  #batch(): BatchEntity {
    const { batch, clock } = this.parts;
    this.#look();
    const now = clock.now();
    const totals = this.#totals;
    const { counts, rate } = totals;
    const { stagger, concurrency } = this.#course.options;
    this.#trend.sample(now, counts.copied);
    const endpoint = (side: Side) => ({
      name: showEndpoint(batch[side]),
      connections: totals.connections(side),
      allowed: concurrency * 2,
    });
    return {
      name: batch.name,
      state: this.#course.state,
      startedAt: this.#startedAt,
      now,
      source: showEndpoint(batch.source),
      destination: showEndpoint(batch.destination),
      mailboxes: batch.mailboxes.length,
      byState: totals.byState,
      counts,
      errors: totals.errors,
      rate,
      trend: this.#trend.values,
      eta: etaOf(now, counts.left, rate.messages),
      endpoints: this.#health.entities(now, { source: endpoint('source'), destination: endpoint('destination') }),
      stagger,
      concurrency,
    };
  }

  #onFailure(mailbox: string, failure: Failure): void {
    const { uids, ...rest } = failure;
    const event = { at: this.parts.clock.now(), mailbox, ...rest, uids: uids.toString(), count: uids.size };
    this.#emit({ type: 'failure', failure: event });
    this.parts.store.log.append({ type: 'failure', level: 'error', ...event });
  }

  #say(level: LogLine['level'], text: string): void {
    this.#log({ at: this.parts.clock.now(), level, mailbox: null, side: null, folder: null, text });
  }

  #log(line: LogLine): void {
    this.#lines.add(line);
    this.#emit({ type: 'log', line });
    this.parts.store.log.append({ type: 'log', ...line });
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #touch(id: string): void {
    this.#changed.add(id);
    this.#publishing ??= this.parts.clock.sleep(PUBLISH_EVERY, this.#drop.signal).then(() => {
      this.#publishing = null;
      this.#publish();
    });
  }

  /** Rates fall by themselves: what moves is looked at again though nothing was heard of it. */
  #beat(): void {
    if (this.#totals.moving.size === 0 || this.#drop.signal.aborted) return;
    this.#beating ??= this.parts.clock.sleep(RATE_EVERY, this.#drop.signal).then(() => {
      this.#beating = null;
      for (const id of this.#totals.moving) this.#touch(id);
    });
  }

  /** Takes in what changed since the last look. @returns the ids */
  #look(): string[] {
    const ids = [...this.#changed];
    for (const id of ids) {
      this.#totals.note(this.#worker(id).entity);
      this.#unpublished.add(id);
    }
    this.#changed.clear();
    return ids;
  }

  /** Looked at (for an answer), and still to be told to those who listen. */
  readonly #unpublished = new Set<string>();

  #current(): readonly MailboxEntity[] {
    this.#look();
    return this.#totals.entities;
  }

  #publish(): void {
    this.#look();
    const entities = [...this.#unpublished].map((id) => this.#totals.entity(id)!);
    this.#unpublished.clear();
    this.#checkLarge(entities);
    for (const mailbox of entities) this.#emit({ type: 'mailbox', mailbox });
    this.#emit({ type: 'batch', batch: this.#batch() });
    this.#beat();
  }
}
