import type { Morning } from '../../protocol/answers.js';
import type { EngineClient } from '../../protocol/client.js';
import type { AnswerOf, EngineCommand } from '../../protocol/commands.js';
import type { BatchEntity, MailboxEntity } from '../../protocol/entities.js';
import type { EngineEvent, LogLine } from '../../protocol/events.js';
import type { Clock } from '../../words/clock.js';
import { ENGINE_ALONE, type EngineServices } from './engine-services.js';
import { lastLines } from './last-lines.js';
import { failureLine, LogBook } from './log-book.js';
import { MailboxList } from './mailbox-list.js';
import { stateLines } from './state-lines.js';
import type { ConsoleView, Link } from './view.js';
import { wholeSecond } from './view.js';

/** A burst of events is one change of the view. */
const GATHER_MS = 100;
/** How far the reading has come is no news ten times a second: drawing it would keep the reading up. */
const READING_MS = 500;
/** And the more mailboxes there are, the rarer: a view of 50,000 costs the time of many keys. */
const GATHER_MS_PER_MAILBOX = 0.02;
/** The engine's clock is followed only when ours is off by more: a second must not be shown twice. */
const CLOCK_SLACK_MS = 1_500;
/** How long a console that is left waits for its last word to be taken. */
const LAST_WORD_MS = 500;

/** How often it is looked whether somebody else has started the engine again. */
const REJOIN_MS = 2_000;

/**
 * Everything that a console knows of its batch, as the engine published it. Screens read `view` with
 * `useSyncExternalStore`; it is the same object until something changed.
 */
export class ConsoleModel {
  readonly #listeners = new Set<() => void>();
  readonly #mailboxes = new MailboxList();
  readonly #log = new LogBook();
  #client: EngineClient;
  #closing = new AbortController();
  readonly #leaving = new AbortController();
  #isRestarting = false;
  readonly #cameUp = new Set<'died' | 'ended' | 'waiting'>();
  #askedForMorning = false;
  #told: () => void = () => undefined;
  #arrived: LogLine[] = [];
  /** Up to when the states of a mailbox are lines of the log, by id. */
  readonly #statesUntil = new Map<string, number>();
  #batch: BatchEntity | null = null;
  #link: Link = { kind: 'opening', read: 0 };
  /** All that the engine knew when we came is here. */
  #isGreeted = false;
  /** Ids of the mailboxes that this engine told of: one that took the place of another begins anew. */
  readonly #heard = new Set<string>();
  #failures = 0;
  #ahead: number | null = null;
  #view: ConsoleView;
  /** Aborted where what it would show is shown already. */
  #gathering: AbortController | null = null;
  #mailboxesChanged = false;

  constructor(
    client: EngineClient,
    private readonly clock: Clock,
    private readonly services: EngineServices = ENGINE_ALONE,
  ) {
    this.#client = client;
    this.#view = {
      link: this.#link,
      now: wholeSecond(clock.now()),
      batch: null,
      mailboxes: [],
      log: [],
      failures: 0,
    };
  }

  readonly view = (): ConsoleView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Resolves when it is known which batch this is, or that there is no engine: then there is something to draw. */
  readonly known = new Promise<void>((resolve) => {
    this.#told = resolve;
  });

  /**
   * Resolves when all that the engine knows now is there, and its log, or the engine is gone before; follows it from
   * then on. An engine that has just started may still be reading its mailboxes.
   */
  async open(): Promise<void> {
    const client = this.#client;
    void client.closed.then(() => this.#lost(client));
    void this.#tick(this.#closing.signal);
    try {
      await client.subscribe((event) => this.#note(event));
    } catch {
      this.#lost(client);
      return;
    }
    this.#isGreeted = true;
    this.#publish();
    await this.#readLog();
  }

  /** Goes on with the engine that took the place of one that died; what is known stays until it is renewed. */
  async adopt(client: EngineClient): Promise<void> {
    this.#closing.abort();
    this.#closing = new AbortController();
    this.#client = client;
    this.#ahead = null;
    this.#isGreeted = false;
    this.#heard.clear();
    this.#cameUp.clear();
    this.#link = { kind: 'opening', read: 0 };
    this.#publish();
    await this.open();
  }

  /** Starts the engine again after it died, where nobody else has meanwhile. */
  async restart(): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: string }> {
    if (this.#link.kind !== 'gone') return { ok: true };
    this.#isRestarting = true;
    try {
      const started = await this.services.restart();
      if (!started.ok) return started;
      await this.adopt(started.client);
      return { ok: true };
    } finally {
      this.#isRestarting = false;
    }
  }

  /** @returns true once with each engine: one question or page for each end of the work, whichever screen is in front */
  mayComeUp(end: 'died' | 'ended' | 'waiting'): boolean {
    const may = !this.#cameUp.has(end);
    this.#cameUp.add(end);
    return may;
  }

  /** @returns what happened since an operator last looked, once; null after that, or where it is not known */
  async firstMorning(): Promise<Morning | null> {
    if (this.#askedForMorning) return null;
    this.#askedForMorning = true;
    const answer = await this.command({ do: 'morning' });
    return answer.ok ? answer.morning : null;
  }

  /** Tells the engine that an operator has looked, and waits for a moment that it is written down. */
  async looked(by: string): Promise<void> {
    if (this.#link.kind !== 'live') return;
    const enough = new AbortController();
    await Promise.race([this.command({ do: 'looked', by }), this.clock.sleep(LAST_WORD_MS, enough.signal)]);
    enough.abort();
  }

  /** @returns what the engine said; that it is gone is an answer too */
  async command<C extends EngineCommand>(command: C): Promise<AnswerOf<C['do']>> {
    try {
      return await (this.#link.kind === 'ended' ? this.services.afterTheEnd(command) : this.#client.command(command));
    } catch (error) {
      return { ok: false, why: error instanceof Error ? error.message : 'the engine is gone' };
    }
  }

  /** Follows no longer. The engine does not notice. */
  close(): void {
    this.#leaving.abort();
    this.#closing.abort();
    this.#client.close();
  }

  #note(event: EngineEvent): void {
    switch (event.type) {
      case 'batch':
        this.#noteBatch(event.batch);
        break;
      case 'mailbox':
        this.#mailboxes.note(event.mailbox);
        this.#noteStates(event.mailbox);
        this.#heard.add(event.mailbox.id);
        this.#mailboxesChanged = true;
        break;
      case 'failure':
        this.#failures += 1;
        this.#arrived.push(failureLine(event.failure));
        break;
      case 'log':
        this.#arrived.push(event.line);
        break;
      case 'end':
        this.#noteBatch(event.batch);
        this.#link = { kind: 'ended', exitCode: event.exitCode };
    }
    // The whole state at once: until then there is nothing to look at. And the end: nothing comes after it.
    if ((this.#link.kind === 'opening' && this.#isWhole()) || event.type === 'end') this.#publish();
    else this.#gather();
  }

  #noteStates(mailbox: MailboxEntity): void {
    const last = mailbox.history.at(-1)?.at;
    const since = this.#statesUntil.get(mailbox.id) ?? Number.NEGATIVE_INFINITY;
    if (last === undefined || last <= since) return;
    this.#statesUntil.set(mailbox.id, last);
    this.#arrived.push(...stateLines(mailbox, since));
  }

  #noteBatch(batch: BatchEntity): void {
    this.#batch = batch;
    if (this.#view.batch === null) {
      this.#publish();
      this.#told();
    }
    const ahead = batch.now - this.clock.now();
    if (this.#ahead === null || Math.abs(ahead - this.#ahead) > CLOCK_SLACK_MS) this.#ahead = ahead;
  }

  #lost(client: EngineClient): void {
    if (this.#closing.signal.aborted || client !== this.#client) return;
    if (this.#link.kind !== 'ended') this.#link = { kind: 'gone', at: this.#now() };
    this.#closing.abort();
    this.#publish();
    this.#told();
    if (this.#link.kind === 'gone') void this.#goOnWithAnother();
  }

  /** Another console, or a command, may start the engine again: a screen that only looks on cannot. */
  async #goOnWithAnother(): Promise<void> {
    const isLost = () => this.#link.kind === 'gone' && !this.#isRestarting && !this.#leaving.signal.aborted;
    while (this.#link.kind === 'gone' && !this.#leaving.signal.aborted) {
      await this.clock.sleep(REJOIN_MS, this.#leaving.signal);
      const client = isLost() ? await this.services.rejoin() : null;
      if (!client) continue;
      if (isLost()) return await this.adopt(client);
      client.close();
    }
  }

  async #readLog(): Promise<void> {
    const lines = await lastLines((many) => this.command({ do: 'log', lines: many }));
    if (lines === null) return;
    this.#log.add(this.#arrived.splice(0));
    this.#log.seed(lines);
    this.#publish();
  }

  /** Time goes on where nothing else does: waits count down. */
  async #tick(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.clock.sleep(1_000 - (this.#now() % 1_000), signal);
      if (!signal.aborted && this.#link.kind === 'live') this.#publish();
    }
  }

  #gather(): void {
    if (this.#gathering) return;
    const gathering = new AbortController();
    this.#gathering = gathering;
    const isReading = this.#link.kind === 'opening';
    const ms = isReading ? READING_MS : GATHER_MS + GATHER_MS_PER_MAILBOX * this.#mailboxes.size;
    void this.clock.sleep(ms, gathering.signal).then(() => {
      if (!gathering.signal.aborted && !this.#closing.signal.aborted) this.#publish();
    });
  }

  #publish(): void {
    this.#gathering?.abort();
    this.#gathering = null;
    if (this.#link.kind === 'opening')
      this.#link = this.#isWhole() ? { kind: 'live' } : { kind: 'opening', read: this.#heard.size };
    // Before the whole state is there, a list would be drawn only to be drawn anew.
    if (this.#link.kind !== 'opening' && this.#mailboxesChanged)
      this.#view = { ...this.#view, mailboxes: this.#takeMailboxes() };
    this.#log.add(this.#arrived.splice(0));
    this.#view = {
      ...this.#view,
      link: this.#link,
      now: wholeSecond(this.#now()),
      batch: this.#batch,
      log: this.#log.lines,
      failures: this.#failures,
    };
    for (const listener of this.#listeners) listener();
  }

  /** An engine that has just started still reads its mailboxes when it greets. */
  #isWhole(): boolean {
    return this.#isGreeted && this.#heard.size >= (this.#batch?.mailboxes ?? 0);
  }

  #takeMailboxes(): ConsoleView['mailboxes'] {
    this.#mailboxesChanged = false;
    return this.#mailboxes.all();
  }

  #now(): number {
    return this.clock.now() + (this.#ahead ?? 0);
  }
}
