import type { BatchEntity, Eta, Instant, MailboxEntity } from '../../protocol/entities.js';
import type { EngineEvent, LogLine } from '../../protocol/events.js';
import { showEndpoint } from '../../protocol/show-endpoint.js';
import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { endpointAt, endpointKeys } from '../../store/batch/endpoints.js';
import { secondCopies } from '../../store/ledger/doubles.js';
import type { Clock } from '../../words/clock.js';
import type { NightPace } from '../../words/night-pace.js';
import type { Side } from '../../words/side.js';
import { showDuration } from '../../words/times.js';
import type { Allowances } from '../budget/allowances.js';
import type { Failure } from '../copy/job.js';
import { EtaOfBatch, type Moment } from '../eta/eta.js';
import { Trend } from '../eta/rate-meter.js';
import type { Governor } from '../governor/governor.js';
import type { EngineParts } from '../running-engine.js';
import type { BatchControl } from '../schedule/batch-control.js';
import { windowAt } from '../schedule/time-window.js';
import { batchEntity } from './batch-entity.js';
import type { EndpointHealth } from './endpoint-health.js';
import { LogTail } from './log-tail.js';
import { NightRecord } from './night-record.js';
import { standstillsOf } from './night-series.js';
import { untilNextPublication } from './publish-pace.js';
import { Totals } from './totals.js';

/** A rate falls while nothing happens: it is looked at again this often. */
const RATE_EVERY = 1000;

export interface PublisherParts {
  readonly batch: Batch;
  readonly clock: Clock;
  readonly log: EngineParts['store']['log'];
  readonly control: BatchControl;
  readonly health: EndpointHealth;
  /** Id of the last decision. */
  readonly decided: () => number;
  readonly governor: Governor;
  readonly allowances: Pick<Allowances, 'restsFor' | 'restsForAll'>;
  readonly row: (id: string) => PlanRow;
  /** How a mailbox stands now. */
  readonly entity: (id: string) => MailboxEntity;
  /** Ends the timers. */
  readonly drop: AbortSignal;
}

/** Publishes a running batch: entities that changed, a few times a second, and log lines at once. */
export class Publisher {
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #changed = new Set<string>();
  /** Looked at (for an answer), and still to be told to those who listen. */
  readonly #unpublished = new Set<string>();
  readonly #totals = new Totals();
  readonly #lines = new LogTail();
  readonly #eta = new EtaOfBatch();
  readonly #trend: Trend;
  /** The pace of the whole night. */
  readonly night: NightRecord;
  /** The batch began then, whatever engines it has had since. */
  #startedAt: Instant;
  /** This engine began then. */
  #beganAt: Instant;
  #publishing: Promise<void> | null = null;
  /** Milliseconds that the last publication took. */
  #took = 0;
  /** Mailboxes are still being read: half of them is nothing to look at. */
  #isReading = true;
  #beating: Promise<void> | null = null;

  constructor(private readonly parts: PublisherParts) {
    this.#startedAt = parts.batch.createdAt;
    this.#beganAt = parts.clock.now();
    this.#trend = new Trend(parts.clock.monotonic());
    this.night = new NightRecord(this.#beganAt);
  }

  /** The clock on the wall was set: the batch has run as long as it has. @param by  milliseconds */
  clockSet(by: number): void {
    this.#startedAt += by;
    this.#beganAt += by;
    this.#eta.clockSet(by);
    this.night.clockSet(by);
    const how = `${by > 0 ? 'forward' : 'back'} by ${showDuration(Math.abs(by))}`;
    this.say('warn', `the clock of this host was set ${how}: waits are as long as they were meant to be`);
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** @param mailbox  its address */
  failure(mailbox: string, { uids, doubles, ...rest }: Failure): void {
    const event = {
      at: this.parts.clock.now(),
      mailbox,
      ...rest,
      uids: uids.toString(),
      count: uids.size,
      destinationUids: doubles ? secondCopies(doubles).toString() : '',
    };
    this.emit({ type: 'failure', failure: event });
    this.parts.log.append({ type: 'failure', level: 'error', ...event });
  }

  /** Logs a line about the batch as a whole. */
  say(level: LogLine['level'], text: string): void {
    this.log({ level, mailbox: null, side: null, folder: null, text });
  }

  log(said: Omit<LogLine, 'at'>): void {
    const line: LogLine = { at: this.parts.clock.now(), ...said };
    this.#lines.add(line);
    this.emit({ type: 'log', line });
    this.parts.log.append({ type: 'log', ...line });
  }

  /** The last lines of the log, oldest first. */
  lastLines(count: number): readonly LogLine[] {
    return this.#lines.last(count);
  }

  /** A mailbox has changed: it is published soon. */
  touch(id: string): void {
    this.#changed.add(id);
    if (!this.#isReading) this.#publishAfter(untilNextPublication(this.#took));
  }

  /** All mailboxes were read. Those who have just started the batch wait for them: they are published at once. */
  begin(): void {
    this.#isReading = false;
    this.#publishAfter(0);
  }

  /** All mailboxes as they stand now, in the order of the plan. */
  current(): readonly MailboxEntity[] {
    this.#look();
    return this.#totals.entities;
  }

  /** Publishes what has changed, and the batch. */
  publish(): void {
    const { clock } = this.parts;
    const began = clock.monotonic();
    this.#look();
    const entities = [...this.#unpublished].flatMap((id) => this.#totals.entity(id) ?? []);
    this.#unpublished.clear();
    for (const mailbox of entities) this.emit({ type: 'mailbox', mailbox });
    this.emit({ type: 'batch', batch: this.batch() });
    this.#took = clock.monotonic() - began;
    this.#beat();
  }

  /** Nothing is at work any more: the log says how well the end was told. */
  end(): void {
    const { control, clock } = this.parts;
    const text = control.state === 'ended' ? this.#eta.promise.text(this.#beganAt, clock.now()) : null;
    if (text !== null) this.say('info', text);
    this.publish();
  }

  /** Mailboxes that went through, with nothing left. */
  get inStep(): number {
    this.#look();
    return this.#totals.inStep;
  }

  batch(): BatchEntity {
    const { batch, clock, control, health, governor } = this.parts;
    this.#look();
    const now = clock.now();
    const totals = this.#totals;
    const eta = this.#lookAhead(now);
    const { counts, rate } = totals;
    const { options } = control;
    const window = windowAt(options.window, now);
    this.#trend.sample(clock.monotonic(), counts.copied);
    const endpoints = (side: Side) =>
      endpointKeys(batch, side).map((key) => {
        const name = showEndpoint(endpointAt(batch, side, key));
        const given = { name, connections: totals.connections(side, name), ...governor.standing(side, key) };
        return health.entity(side, key, now, given);
      });
    const entity = batchEntity(totals, {
      batch,
      options,
      state: control.state,
      startedAt: this.#startedAt,
      now,
      middling: this.#eta.middling,
      decided: this.parts.decided(),
      rate,
      trend: this.#trend.values,
      eta: eta?.at ?? null,
      etaBetween: eta && { from: eta.from, to: eta.to },
      endpoints: { source: endpoints('source'), destination: endpoints('destination') },
      closedUntil: window.open ? null : window.until,
    });
    // Mailboxes that are not read yet would look as if they were copied in a moment.
    if (!this.#isReading) this.#noteForTheNight(entity);
    return entity;
  }

  /** The pace of the whole night, until now. */
  pace(): NightPace {
    this.batch();
    return this.night.pace;
  }

  /** Writes down the pace of the whole night, until now. */
  keepPace(): Promise<void> {
    this.batch();
    return this.night.close();
  }

  #noteForTheNight(batch: BatchEntity): void {
    this.night.note(batch.now, {
      messages: batch.counts.copied,
      bytesPerSecond: batch.rate.bytes,
      events: { ...this.parts.health.faults, held: batch.byState.held },
      standstills: standstillsOf(batch),
    });
  }

  #lookAhead(now: Instant): Eta | null {
    const { clock, control, allowances, row } = this.parts;
    const { bytesLeft, counts } = this.#totals;
    // An allowance that all share is used up when the last of them has moved its mail.
    let together: number | null = null;
    const restTogether = () => {
      together ??= allowances.restsForAll({ bytes: bytesLeft, messages: counts.left }, now);
      return together;
    };
    return this.#eta.look({
      now,
      monotonic: clock.monotonic(),
      mailboxes: this.#totals,
      ...startsOf(this.parts.batch, control),
      window: control.options.window,
      restsFor: (id, amount, from) => Math.max(restTogether(), allowances.restsFor(row(id), amount, from)),
    });
  }

  #publishAfter(ms: number): void {
    this.#publishing ??= this.parts.clock.sleep(ms, this.parts.drop).then(() => {
      this.#publishing = null;
      this.publish();
    });
  }

  /** Takes in what changed since the last look. */
  #look(): void {
    for (const id of this.#changed) {
      this.#totals.note(this.parts.entity(id));
      this.#unpublished.add(id);
    }
    this.#changed.clear();
  }

  /** Rates fall by themselves: what moves is looked at again though nothing was heard of it. */
  #beat(): void {
    if (this.#totals.moving.size === 0 || this.parts.drop.aborted) return;
    this.#beating ??= this.parts.clock.sleep(RATE_EVERY, this.parts.drop).then(() => {
      this.#beating = null;
      for (const id of this.#totals.moving) this.touch(id);
    });
  }
}

/** First starts are staggered at each source by itself: several sources let so many more start in the same time. */
function startsOf(batch: Batch, { options, nextFirst }: BatchControl): Pick<Moment, 'rules' | 'nextFirstAt'> {
  const sources = endpointKeys(batch, 'source');
  const { min, max } = options.stagger;
  return {
    rules: { ...options, stagger: { min: min / sources.length, max: max / sources.length } },
    nextFirstAt: Math.min(...sources.map((key) => nextFirst.get(key) ?? 0)),
  };
}
