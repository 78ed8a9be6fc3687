import type { Duplex } from 'node:stream';
import type { Side } from '../../../words/side.js';
import type { LiteralWay, Piece } from '../grammar/piece.js';
import type { Response } from '../grammar/response-reader.js';
import { readServerText } from '../grammar/server-text.js';
import { againAlone } from './again-alone.js';
import { refusedChange } from './changes.js';
import { ConnectionLost } from './connection-lost.js';
import { type AnsweredAlone, FlowFinder } from './flow.js';
import { Intake } from './intake.js';
import { isRowWithoutEnd, type Loss, uidOfBrokenRow } from './loss.js';
import { Outbox } from './outbox.js';
import { type GiveUp, givesUp, silenceText } from './patience.js';
import { type Listener, newCommand, type OnData, type Pending, PendingCommands } from './pending.js';
import { LONGEST, LOOK } from './silence-limits.js';
import { parseTagged, type Tagged } from './tagged.js';
import type { Traffic, UnderWay } from './under-way.js';
import type { WireOptions } from './wire-options.js';

export type { Listener, OnData } from './pending.js';

/** Milliseconds until an idle connection sends NOOP. Servers log it out after 30 minutes (RFC 9051 section 5.4). */
const QUIET = 4 * 60_000;
const STATUS = /^\* (OK|NO|BAD)\b/i;
const BYE = /^\* BYE\b/i;

/**
 * One IMAP connection after login. Any number of commands may be in flight.
 *
 * imapflow connects and logs in (TLS, capabilities) and then hands the socket over: it sends one
 * command and waits, which at 80 ms of round trip is 12 messages a second. Here commands are
 * written without waiting, in order; untagged data goes to the oldest command that knows it.
 */
export class Wire {
  /** Resolves when the connection is closed. Until then the server counts it. */
  readonly closed: Promise<void>;
  readonly #pending = new PendingCommands();
  readonly #intake: Intake;
  readonly #closed = new AbortController();
  readonly #outbox: Outbox;
  readonly #flow: FlowFinder;
  readonly #opened: number;
  /** Answers to commands that were sent behind unanswered ones. */
  readonly #behind = new WeakMap<Tagged, Pick<Pending, 'name' | 'behind'>>();
  #tags = 0;
  #bye: string | null = null;
  #cause: Error | null = null;
  #lost: ConnectionLost | null = null;
  #lastSent: number;
  #roundTrip = Number.POSITIVE_INFINITY;
  #gaveUp: GiveUp | null = null;
  /** The last response, if it is a row without its end. */
  #rowWithoutEnd: string | null = null;

  constructor(
    private readonly socket: Duplex,
    private readonly options: WireOptions,
  ) {
    this.#opened = this.#lastSent = options.clock.monotonic();
    const { clock } = options;
    this.#intake = new Intake({
      socket,
      clock,
      pending: this.#pending,
      isPaced: options.isPaced ?? (() => false),
      onResponse: (response) => this.#take(response),
    });
    this.#flow = new FlowFinder(options);
    this.#outbox = new Outbox(
      {
        socket,
        pending: this.#pending,
        flow: this.#flow,
        literals: options.literals,
        closed: this.#closed.signal,
        now: () => options.clock.monotonic(),
      },
      () => {
        this.#lastSent = options.clock.monotonic();
        this.#intake.moved();
      },
    );
    socket.on('data', (chunk: Buffer) => this.#feed(chunk));
    socket.on('error', (error: Error) => this.#broke(error));
    for (const over of ['end', 'close']) socket.on(over, () => this.#broke(null));
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.resume();
    void this.#watch();
  }

  get side(): Side {
    return this.options.side;
  }
  get literals(): LiteralWay {
    return this.options.literals;
  }

  /** Shortest time between a command and its answer so far, in ms; 0 before the first. */
  get roundTrip(): number {
    return Number.isFinite(this.#roundTrip) ? this.#roundTrip : 0;
  }

  get traffic(): Traffic {
    return { in: this.#intake.bytes, out: this.#outbox.bytes, arrived: this.#outbox.arrived };
  }

  get underWay(): UnderWay {
    const message = this.side === 'source' ? this.#intake.message : this.#outbox.message;
    return { folder: this.#pending.copying, message };
  }

  /** Grows with every useful byte or response. */
  get progress(): number {
    return this.#intake.uses;
  }

  get lost(): ConnectionLost | null {
    return this.#lost;
  }

  /** Name of the oldest command without an answer; null: all are answered. */
  get oldest(): string | null {
    return this.#pending.oldest?.name ?? null;
  }

  /** Whether a listener's command is the oldest without an answer. Untagged data is most likely its own. */
  isOldest(listener: Listener): boolean {
    return this.#pending.oldest?.listener === listener;
  }

  /** Commands without an answer. */
  get inFlight(): number {
    return this.#pending.size;
  }

  /**
   * Sends a command without waiting for those before it.
   *
   * @param name    for messages: `UID FETCH`
   * @param pieces  the command without its tag and line end
   * @param listener  told of untagged responses while the command runs, and of its answer
   * @returns the tagged answer, also where it is NO or BAD
   * @throws ConnectionLost where the connection was lost before the answer came: the outcome is unknown; ChangeRefused
   */
  command(name: string, pieces: readonly Piece[], listener: Listener | OnData = {}): Promise<Tagged> {
    const reason = this.#lost ?? refusedChange(this.options, name);
    if (reason) return Promise.reject(reason);
    const own = typeof listener === 'function' ? { onData: listener } : listener;
    return new Promise<Tagged>((resolve, reject) => {
      this.#queue(newCommand({ name, pieces, listener: own, resolve, reject }));
    });
  }

  /** Whether a refusal may be due only to commands before it, so that it is worth asking again alone. */
  asksAgain(answer: Tagged): boolean {
    const command = this.#behind.get(answer);
    return command !== undefined && this.#flow.asksAgain(command, answer);
  }

  /** Notes the result of asking again, alone, after {@link asksAgain}. */
  answeredAlone(how: AnsweredAlone): void {
    this.#flow.answeredAlone(how);
  }

  #queue(pending: Pending): void {
    const tag = `n${(++this.#tags).toString(36)}`;
    this.#pending.add(tag, pending);
    this.#outbox.add(tag);
  }

  /**
   * Says goodbye.
   *
   * @returns when the connection is closed, after 2 s at most; a server counts it until then, but nobody need wait
   */
  leave(): Promise<void> {
    const { socket } = this;
    if (socket.closed || this.#lost) return Promise.resolve();
    this.command('LOGOUT', ['LOGOUT'], { turn: 'at once' }).catch(() => {});
    this.#lost = new ConnectionLost(this.side, null, new Error('logged out'));
    this.#closed.abort();
    socket.end();
    const late = setTimeout(() => socket.destroy(), 2000).unref();
    socket.once('close', () => clearTimeout(late));
    return this.closed;
  }

  /** Drops the connection now. */
  drop(cause: Error): void {
    this.#end(cause);
  }

  #feed(chunk: Buffer): void {
    try {
      this.#intake.take(chunk);
    } catch (error) {
      this.#end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Takes a response.  @returns whether it was useful */
  #take(response: Response): boolean {
    const { text } = response;
    this.#rowWithoutEnd = isRowWithoutEnd(response) ? text : null;
    if (text.charCodeAt(0) === 42) return this.#untagged(response);
    return text.charCodeAt(0) === 43 ? this.#pending.goOn() : this.#answered(text);
  }

  #answered(text: string): boolean {
    const parsed = parseTagged(text);
    const pending = parsed && this.#pending.take(parsed.tag);
    if (!parsed || !pending) return false;
    const { answer } = parsed;
    if (pending.sentAt !== null)
      this.#roundTrip = Math.min(this.#roundTrip, this.options.clock.monotonic() - pending.sentAt);
    if (answer.status === 'OK') this.#flow.served(pending);
    if (pending.behind !== 'nothing') this.#behind.set(answer, pending);
    pending.goOn?.(false);
    const again = this.#lost ? null : againAlone(pending, answer, this);
    if (again) {
      this.#queue(again);
      return true;
    }
    pending.listener.onAnswer?.(answer);
    pending.resolve(answer);
    return true;
  }

  /** The other side closed the connection, or it broke on the way. */
  #broke(cause: Error | null): void {
    if (!this.#lost) this.#flow.broke(this.#pending, this.#opened);
    this.#end(cause);
  }

  #untagged(response: Response): boolean {
    if (BYE.test(response.text)) this.#bye = readServerText(response.text);
    for (const pending of this.#pending.values()) {
      if (!pending.listener.onData?.(response)) continue;
      pending.isBegun = true;
      return true;
    }
    if (STATUS.test(response.text)) this.options.onNotice?.(readServerText(response.text));
    return false;
  }

  /** Gives up a silent server, and keeps an idle connection from being logged out. */
  async #watch(): Promise<void> {
    const { clock } = this.options;
    const most = this.options.patience ?? LONGEST;
    while (!this.#lost) {
      await clock.sleep(Math.min(LOOK, most / 4), this.#closed.signal);
      if (this.#lost) return;
      const { oldest } = this.#pending;
      if (oldest) this.#look(oldest, Math.min(oldest.listener.patience ?? LONGEST, most));
      else if (clock.monotonic() - this.#lastSent >= QUIET) this.command('NOOP', ['NOOP']).catch(() => {});
    }
  }

  #look(oldest: Pending, patience: number): void {
    if (this.#intake.isOurSilence()) return;
    const mayBeLost = this.#flow.mayLose(oldest);
    const { quietFor, idleFor } = this.#intake.silence();
    this.#flow.quiet(oldest, quietFor);
    const { begun } = this.#intake;
    const rowWithoutEnd = this.#rowWithoutEnd !== null;
    const tags = this.#pending.tags();
    this.#gaveUp = givesUp({ quietFor, idleFor, patience, begun, tags, mayBeLost, rowWithoutEnd });
    if (!this.#gaveUp) return;
    const isLost = !begun && this.#flow.isLoss(this.#gaveUp, oldest, this.#pending);
    const error = new Error(silenceText(oldest.name, begun ? 'begun' : 'not begun', { quietFor, idleFor }));
    this.#end(Object.assign(error, { code: isLost ? 'COMMAND_LOST' : 'ETIMEDOUT' }));
  }

  #loss(): Loss {
    const now = this.options.clock.monotonic();
    return {
      unanswered: this.#pending.unanswered(now),
      brokenRow: uidOfBrokenRow(this.#intake.begun?.text ?? this.#rowWithoutEnd ?? ''),
      how: this.#gaveUp ? 'silent' : 'dropped',
      silence: this.#intake.silence().idleFor,
      age: now - this.#opened,
      volume: this.#intake.bytes + this.#outbox.bytes,
    };
  }

  #end(cause: Error | null): void {
    this.#cause ??= cause;
    if (!this.#lost) {
      this.#lost = new ConnectionLost(this.side, this.#bye, this.#cause, this.#loss());
      this.#closed.abort();
    }
    this.socket.destroy();
    this.#outbox.clear();
    for (const command of this.#pending.clear()) {
      command.goOn?.(false);
      command.reject(this.#lost);
    }
  }
}
