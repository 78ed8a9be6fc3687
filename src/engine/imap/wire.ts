import type { Duplex } from 'node:stream';
import type { Clock } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import { LineLost } from './line-lost.js';
import { type LiteralWay, layOut, type Piece, SLICE } from './piece.js';
import { type Response, ResponseReader } from './response-reader.js';
import { readServerText } from './server-text.js';
import { countRead } from './spent-buffers.js';
import { parseTagged, type Tagged } from './tagged.js';

/** Told of untagged data; true where it was this command's. */
export type OnData = (response: Response) => boolean;

export interface WireOptions {
  readonly side: Side;
  readonly clock: Clock;
  readonly literals: LiteralWay;
  /** Milliseconds without a byte, while an answer is due, after which the line is given up. */
  readonly patience?: number;
  /** Untagged OK, NO and BAD that belong to no command: warnings, alerts, soft quota. */
  readonly onNotice?: (line: string) => void;
}

/** Who listens while a command runs. Both are called before any later response is looked at. */
export interface Listener {
  readonly onData?: OnData | undefined;
  readonly onAnswer?: ((answer: Tagged) => void) | undefined;
  /** Another way with literals than the connection's, for this command. */
  readonly literals?: LiteralWay | undefined;
}

interface Pending {
  readonly name: string;
  readonly listener: Listener;
  readonly resolve: (answer: Tagged) => void;
  readonly reject: (error: LineLost) => void;
  sentAt: number;
  /** Set while the command waits for `+`; called with true to go on. */
  goOn: ((granted: boolean) => void) | null;
}

const PATIENCE = 5 * 60_000;
/** An append connection that says nothing is logged out after 30 minutes (RFC 9051 section 5.4). */
const QUIET = 4 * 60_000;
const STATUS = /^\* (OK|NO|BAD)\b/i;
const BYE = /^\* BYE\b/i;

/**
 * One IMAP connection after login, with as many commands in flight as there is something to say.
 *
 * imapflow opens the door (TLS, login, capabilities) and then hands the socket over: it sends one
 * command and waits, which at 80 ms of round trip is 12 messages a second. Here commands are
 * written without waiting, in order; untagged data goes to the oldest command that knows it.
 */
export class Wire {
  /** Resolves when nothing is open any more: until then the server counts the connection. */
  readonly closed: Promise<void>;
  readonly #pending = new Map<string, Pending>();
  readonly #reader = new ResponseReader((response) => this.#take(response));
  readonly #closed = new AbortController();
  readonly #outgoing: { readonly tag: string; readonly pieces: readonly Piece[] }[] = [];
  #pumping = false;
  #tags = 0;
  #bye: string | null = null;
  #cause: Error | null = null;
  #lost: LineLost | null = null;
  #lastActivity: number;
  #lastSent: number;
  #roundTrip = Number.POSITIVE_INFINITY;
  #bytesIn = 0;

  constructor(
    private readonly socket: Duplex,
    private readonly options: WireOptions,
  ) {
    this.#lastActivity = options.clock.monotonic();
    this.#lastSent = this.#lastActivity;
    socket.on('data', (chunk: Buffer) => this.#feed(chunk));
    socket.on('error', (error: Error) => this.#end(error));
    socket.on('end', () => this.#end(null));
    socket.on('close', () => this.#end(null));
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

  get bytesIn(): number {
    return this.#bytesIn;
  }

  get lost(): LineLost | null {
    return this.#lost;
  }

  /** Name of the oldest command without an answer; null between commands. */
  get oldest(): string | null {
    const [oldest] = this.#pending.values();
    return oldest?.name ?? null;
  }

  /** Whether a listener's command is the oldest without an answer: untagged data is most likely its own. */
  isOldest(listener: Listener): boolean {
    const [oldest] = this.#pending.values();
    return oldest?.listener === listener;
  }

  /** Commands that were not answered yet. */
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
   * @throws LineLost where the line went before the answer came: the outcome is unknown
   */
  command(name: string, pieces: readonly Piece[], listener: Listener | OnData = {}): Promise<Tagged> {
    if (this.#lost) return Promise.reject(this.#lost);
    const tag = `n${(++this.#tags).toString(36)}`;
    const answer = new Promise<Tagged>((resolve, reject) => {
      this.#pending.set(tag, {
        name,
        listener: typeof listener === 'function' ? { onData: listener } : listener,
        resolve,
        reject,
        sentAt: this.options.clock.monotonic(),
        goOn: null,
      });
    });
    this.#outgoing.push({ tag, pieces });
    if (!this.#pumping) void this.#pump();
    return answer;
  }

  /**
   * Says goodbye.
   *
   * @returns when the line is closed, 2 s later at most: a server counts it until then. Who is done need
   *          not wait
   */
  leave(): Promise<void> {
    const { socket } = this;
    if (socket.closed || this.#lost) return Promise.resolve();
    this.command('LOGOUT', ['LOGOUT']).catch(() => {});
    this.#lost = new LineLost(this.side, null, new Error('logged out'));
    this.#closed.abort();
    socket.end();
    setTimeout(() => socket.destroy(), 2000).unref();
    return this.closed;
  }

  /** Drops the line now. */
  drop(cause: Error): void {
    this.#end(cause);
  }

  #feed(chunk: Buffer): void {
    this.#lastActivity = this.options.clock.monotonic();
    this.#bytesIn += chunk.length;
    countRead(chunk.length);
    try {
      this.#reader.feed(chunk);
    } catch (error) {
      this.#end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #take(response: Response): void {
    const { text } = response;
    if (text.charCodeAt(0) === 42) {
      this.#untagged(response);
      return;
    }
    if (text.charCodeAt(0) === 43) {
      for (const pending of this.#pending.values()) {
        if (!pending.goOn) continue;
        pending.goOn(true);
        break;
      }
      return;
    }
    const parsed = parseTagged(text);
    const pending = parsed && this.#pending.get(parsed.tag);
    if (!parsed || !pending) return;
    this.#pending.delete(parsed.tag);
    this.#roundTrip = Math.min(this.#roundTrip, this.options.clock.monotonic() - pending.sentAt);
    pending.goOn?.(false);
    pending.listener.onAnswer?.(parsed.answer);
    pending.resolve(parsed.answer);
  }

  #untagged(response: Response): void {
    if (BYE.test(response.text)) this.#bye = readServerText(response.text);
    for (const pending of this.#pending.values()) if (pending.listener.onData?.(response)) return;
    if (STATUS.test(response.text)) this.options.onNotice?.(readServerText(response.text));
  }

  /** Writes what is queued, a slice at a time, never more than the socket takes. */
  async #pump(): Promise<void> {
    this.#pumping = true;
    const { socket } = this;
    let corked = 0;
    socket.cork();
    const flush = async () => {
      socket.uncork();
      corked = 0;
      this.#lastSent = this.#lastActivity = this.options.clock.monotonic();
      if (socket.writableNeedDrain) await this.#drained();
    };
    for (let next = this.#outgoing.shift(); next && !this.#lost; next = this.#outgoing.shift()) {
      const pending = this.#pending.get(next.tag);
      if (!pending) continue;
      pending.sentAt = this.options.clock.monotonic();
      for (const step of layOut(next.tag, next.pieces, pending.listener.literals ?? this.options.literals)) {
        if (step === 'wait') {
          const granted = new Promise<boolean>((resolve) => {
            pending.goOn = resolve;
          });
          await flush();
          // Not corked meanwhile: what a slow socket has not taken yet would stay here, and `+` never come.
          const goOn = await granted;
          socket.cork();
          pending.goOn = null;
          if (!goOn) break;
          continue;
        }
        socket.write(step);
        corked += step.length;
        if (corked >= SLICE) {
          await flush();
          socket.cork();
        }
        if (this.#lost) break;
      }
    }
    socket.uncork();
    this.#lastSent = this.#lastActivity = this.options.clock.monotonic();
    this.#pumping = false;
  }

  async #drained(): Promise<void> {
    const { socket } = this;
    while (socket.writableNeedDrain && !this.#lost) {
      await new Promise<void>((resolve) => {
        const done = () => {
          socket.off('drain', done);
          this.#closed.signal.removeEventListener('abort', done);
          resolve();
        };
        socket.once('drain', done);
        this.#closed.signal.addEventListener('abort', done, { once: true });
      });
    }
  }

  /** Gives up a silent server, and keeps an idle line from being logged out. */
  async #watch(): Promise<void> {
    const { clock } = this.options;
    const patience = this.options.patience ?? PATIENCE;
    const step = Math.min(QUIET, patience) / 4;
    while (!this.#lost) {
      await clock.sleep(step, this.#closed.signal);
      if (this.#lost) return;
      const now = clock.monotonic();
      if (this.#pending.size > 0 && now - this.#lastActivity >= patience) {
        const [oldest] = this.#pending.values();
        this.#end(
          Object.assign(new Error(`no answer to ${oldest!.name} for ${Math.round(patience / 1000)} s`), {
            code: 'ETIMEDOUT',
          }),
        );
      } else if (this.#pending.size === 0 && now - this.#lastSent >= QUIET) {
        this.command('NOOP', ['NOOP']).catch(() => {});
      }
    }
  }

  #end(cause: Error | null): void {
    this.#cause ??= cause;
    if (!this.#lost) {
      this.#lost = new LineLost(this.side, this.#bye, this.#cause);
      this.#closed.abort();
    }
    this.socket.destroy();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#outgoing.length = 0;
    for (const command of pending) {
      command.goOn?.(false);
      command.reject(this.#lost);
    }
  }
}
