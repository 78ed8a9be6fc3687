import type { Duplex } from 'node:stream';
import { type SecureContext, TLSSocket } from 'node:tls';
import type { Clock } from '../../../src/words/clock.js';
import { ByteReader } from './byte-reader.js';
import { DelayLine } from './delay-line.js';

export type Direction = 'received' | 'sent';

export interface WireOptions {
  readonly clock: Clock;
  /** Milliseconds each way. */
  readonly latencyMs: number;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
  /**
   * Told of each chunk before it counts, with the connection's byte counts around it.
   * @returns the count at which the line is cut, or null
   */
  readonly watch: (direction: Direction, from: number, to: number) => number | null;
}

/** Received bytes that may wait to be read before the socket is paused. */
const MOST_WAITING = 1 << 20;
/** Sent bytes under way before the writer waits: without latency, and with it (a long line holds more). */
const MOST_UNDER_WAY = 1 << 20;
const MOST_ON_A_LONG_LINE = 8 << 20;

/** The byte side of one connection: counts, latency, backpressure, cuts. */
export class Wire {
  readonly reader = new ByteReader(() => this.#resume());
  received = 0;
  sent = 0;
  /** When the line was lost or the client stopped sending; null while it stands. */
  lostAt: number | null = null;
  #cuts: Record<Direction, number> = { received: Number.POSITIVE_INFINITY, sent: Number.POSITIVE_INFINITY };
  #underWay = 0;
  #waiters: (() => void)[] = [];
  /** Nothing more is sent. */
  #mute = false;
  readonly #in: DelayLine<Buffer | null>;
  readonly #out: DelayLine<Buffer | null>;
  /** Resolves when the client is away, or the line is. */
  readonly gone: Promise<void>;
  #markGone: () => void = () => {};

  constructor(
    private stream: Duplex,
    private readonly options: WireOptions,
  ) {
    const { clock, latencyMs, signal } = options;
    this.gone = new Promise((resolve) => {
      this.#markGone = resolve;
    });
    this.#in = new DelayLine(clock, latencyMs, (chunk) => (chunk ? this.#arrive(chunk) : this.#lose()), signal);
    this.#out = new DelayLine(clock, latencyMs, (chunk) => (chunk ? this.#leave(chunk) : this.#close()), signal);
    this.#attach();
  }

  /** Sends the bytes as soon as the line takes them. */
  write(bytes: Buffer): void {
    if (this.#mute) return;
    const from = this.sent;
    const cut = Math.min(
      this.#cuts.sent,
      this.options.watch('sent', from, from + bytes.length) ?? Number.POSITIVE_INFINITY,
    );
    const going = cut < from + bytes.length ? bytes.subarray(0, Math.max(0, cut - from)) : bytes;
    this.sent += going.length;
    this.#underWay += going.length;
    if (going.length > 0) this.#out.put(going);
    if (this.sent >= cut) this.break();
  }

  /** Nothing that is written arrives any more. */
  get deaf(): boolean {
    return this.#mute;
  }

  /** Resolves when the line takes more. */
  async room(): Promise<void> {
    const most = this.options.latencyMs > 0 ? MOST_ON_A_LONG_LINE : MOST_UNDER_WAY;
    while (this.#underWay > most && !this.#mute) {
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  /** Arms a cut: the connection drops when this count of the connection's bytes is reached, or now when it has been. */
  cutAt(direction: Direction, count: number): void {
    this.#cuts[direction] = Math.min(this.#cuts[direction], count);
    if (direction === 'received' && this.received >= count) {
      this.reader.truncate(count);
      this.break();
    } else if (direction === 'sent' && this.sent >= count) this.break();
  }

  /** Drops the line: what was sent still arrives, nothing more is taken in or sent. What was received stays readable. */
  break(): void {
    if (this.#mute) return;
    this.#mute = true;
    this.#lose();
    this.#out.put(null);
    this.#wakeAll();
  }

  /** Ends the connection in order, after everything was sent. */
  finish(): void {
    this.break();
  }

  destroy(): void {
    this.stream.destroy();
  }

  /** Turns the line into TLS (STARTTLS). What the client sent before the handshake is thrown away (RFC 3501 section 6.2.1). */
  async upgrade(secureContext: SecureContext): Promise<void> {
    while (this.#underWay > 0 && !this.#mute) await new Promise<void>((resolve) => this.#waiters.push(resolve));
    this.stream.removeAllListeners('data');
    this.stream.removeAllListeners('end');
    this.reader.truncate(0);
    this.stream = new TLSSocket(this.stream, { isServer: true, secureContext });
    this.#attach();
  }

  #attach(): void {
    const { stream } = this;
    stream.on('data', (chunk: Buffer) => {
      this.#in.put(chunk);
      if (this.reader.buffered > MOST_WAITING) stream.pause();
    });
    stream.on('end', () => this.#in.put(null));
    stream.on('close', () => {
      this.#in.put(null);
      this.#mute = true;
      this.#wakeAll();
      this.#markGone();
    });
    // A broken line is an everyday matter here; 'close' follows.
    stream.on('error', () => {});
  }

  #arrive(chunk: Buffer): void {
    if (this.lostAt !== null) return;
    const from = this.received;
    const watched = this.options.watch('received', from, from + chunk.length) ?? Number.POSITIVE_INFINITY;
    const cut = Math.min(this.#cuts.received, watched);
    const coming = cut < from + chunk.length ? chunk.subarray(0, Math.max(0, cut - from)) : chunk;
    this.received += coming.length;
    this.reader.push(coming);
    if (this.received >= cut) this.break();
  }

  #lose(): void {
    this.lostAt ??= this.options.clock.now();
    this.reader.end();
    this.#markGone();
  }

  #leave(chunk: Buffer): void {
    const { stream } = this;
    const arrived = () => {
      this.#underWay -= chunk.length;
      this.#wakeAll();
    };
    if (stream.destroyed || stream.writableEnded) arrived();
    else stream.write(chunk, arrived);
  }

  #close(): void {
    const { stream } = this;
    if (stream.destroyed) return;
    // After the last byte, not before; a client that goes on sending meets a closed line.
    stream.end(() => stream.destroy());
  }

  #resume(): void {
    if (this.stream.isPaused() && this.reader.buffered < MOST_WAITING / 2) this.stream.resume();
  }

  #wakeAll(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }
}
