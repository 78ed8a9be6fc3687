import type { Duplex } from 'node:stream';
import type { Clock } from '../../../words/clock.js';
import { type Announced, type Response, ResponseReader } from '../grammar/response-reader.js';
import { OversizedResponse } from './oversized-response.js';
import type { PendingCommands } from './pending.js';
import { ReadingTurns } from './reading-turns.js';
import { countRead } from './spent-buffers.js';
import type { MessageUnderWay } from './under-way.js';
import { Usefulness } from './usefulness.js';

/** The server says that a long command goes on (RFC 9585). */
const IN_PROGRESS = /^\* OK \[INPROGRESS\b/i;
/** The most bytes of literals in a response that no command checks: names, headers, addresses. */
const MOST_UNCHECKED = 8 * 1024 * 1024;

export interface IntakeParts {
  readonly socket: Duplex;
  readonly clock: Clock;
  readonly pending: PendingCommands;
  /** Whether bytes wait for their turn, in either direction. */
  readonly isPaced: () => boolean;
  /** @returns whether it was an answer, or some command's data */
  readonly onResponse: (response: Response) => boolean;
}

/** Reads the bytes of a connection in turns, cuts them into responses, and tells useful responses from useless ones. */
export class Intake {
  readonly #reader = new ResponseReader(
    (response) => this.#take(response),
    (announced) => this.#announced(announced),
  );
  readonly #turns: ReadingTurns;
  readonly #useful: Usefulness;
  #bytes = 0;
  #lastMoved: number;

  constructor(private readonly parts: IntakeParts) {
    this.#turns = new ReadingTurns(parts.socket);
    this.#lastMoved = parts.clock.monotonic();
    this.#useful = new Usefulness(this.#lastMoved);
  }

  /** Bytes that came so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The message that is being read; null: none. */
  get message(): MessageUnderWay | null {
    const { literal } = this.#reader;
    return literal && { bytes: literal.bytes, moved: literal.come };
  }

  /** Counts useful responses and writes. It only grows. */
  get uses(): number {
    return this.#useful.uses;
  }

  /** The response that has begun; see {@link ResponseReader.begun}. */
  get begun(): ResponseReader['begun'] {
    return this.#reader.begun;
  }

  /**
   * Whether a silence is our own: reading is paused because memory is full, or bytes wait for their turn. The silence
   * then begins anew.
   */
  isOurSilence(): boolean {
    const isPaced = this.parts.isPaced();
    if (isPaced) this.moved();
    return isPaced || this.#turns.isHeld;
  }

  /** Milliseconds since a byte came or went, and since one of use did. */
  silence(): { readonly quietFor: number; readonly idleFor: number } {
    const now = this.parts.clock.monotonic();
    return { quietFor: now - this.#lastMoved, idleFor: this.#useful.idleFor(now) };
  }

  /** Something was written, or reading went on. */
  moved(): void {
    this.#lastMoved = this.parts.clock.monotonic();
    this.#useful.use(this.#lastMoved);
  }

  /** @throws OversizedResponse where the connection must be given up */
  take(chunk: Buffer): void {
    this.#lastMoved = this.parts.clock.monotonic();
    this.#bytes += chunk.length;
    countRead(chunk.length);
    const began = performance.now();
    if (this.#reader.inLiteral && this.parts.pending.size > 0) this.#useful.body(this.#lastMoved);
    this.#reader.feed(chunk);
    this.#turns.spend(performance.now() - began);
  }

  #take(response: Response): void {
    if (this.parts.onResponse(response)) this.#useful.use(this.#lastMoved);
    else {
      if (IN_PROGRESS.test(response.text)) this.#useful.inProgress(this.#lastMoved);
      this.#useful.noise(response.literals.reduce((sum, { length }) => sum + length, response.text.length));
    }
  }

  /** Asks the command that an announced literal belongs to whether it may come. Pauses until there is memory for it. */
  #announced(announced: Announced): void {
    for (const { listener } of this.parts.pending.values()) {
      if (!listener.onLiteral) continue;
      const room = listener.onLiteral(announced);
      if (room === "another's") continue;
      if (room) this.#turns.hold(room, () => this.moved());
      return;
    }
    if (announced.sum > MOST_UNCHECKED) {
      throw new OversizedResponse(`a response with ${announced.sum} bytes of literals was sent`);
    }
  }
}
