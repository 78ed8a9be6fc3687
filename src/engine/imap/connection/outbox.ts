import type { Duplex } from 'node:stream';
import { type LiteralWay, layOut, SLICE } from '../grammar/piece.js';
import type { FlowFinder } from './flow.js';
import type { Pending, PendingCommands } from './pending.js';
import type { MessageUnderWay } from './under-way.js';

export interface OutboxParts {
  readonly socket: Duplex;
  readonly pending: PendingCommands;
  readonly flow: FlowFinder;
  readonly literals: LiteralWay;
  /** Aborted when the connection is lost. */
  readonly closed: AbortSignal;
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number;
}

/** Writes commands in their order, in slices, and never more than the socket takes. */
export class Outbox {
  readonly #queue: string[] = [];
  /** How many tags of the queue were taken. */
  #taken = 0;
  #isWriting = false;
  #corked = 0;
  #bytes = 0;

  /** @param onFlush  something has been handed to the socket */
  constructor(
    private readonly parts: OutboxParts,
    private readonly onFlush: () => void,
  ) {}

  /** Bytes that the socket has taken so far. */
  get bytes(): number {
    return Math.max(0, this.#bytes - this.parts.socket.writableLength);
  }

  /** Bytes before the oldest command without an answer. */
  get arrived(): number {
    return this.parts.pending.oldest?.sentFrom ?? this.bytes;
  }

  /**
   * The message of the oldest command without an answer, if it has one. The server stores it, or waits for the rest of
   * it.
   */
  get message(): MessageUnderWay | null {
    const { oldest } = this.parts.pending;
    if (oldest === null || oldest.sentFrom === null) return null;
    const bytes = Math.max(0, ...oldest.pieces.map((piece) => (typeof piece === 'string' ? 0 : piece.length)));
    return bytes === 0 ? null : { bytes, moved: Math.min(bytes, Math.max(0, this.bytes - oldest.sentFrom)) };
  }

  /** @param tag  of a pending command */
  add(tag: string): void {
    this.#queue.push(tag);
    if (!this.#isWriting) void this.#write();
  }

  clear(): void {
    this.#queue.length = this.#taken = 0;
  }

  /** Takes away tags by halves: each shift moves all that are behind, and these are as many as an account has folders. */
  #next(): string | undefined {
    const tag = this.#queue[this.#taken++];
    if (this.#taken * 2 < this.#queue.length) return tag;
    this.#queue.splice(0, this.#taken);
    this.#taken = 0;
    return tag;
  }

  async #write(): Promise<void> {
    const { socket, pending, closed, now } = this.parts;
    this.#isWriting = true;
    socket.cork();
    for (let tag = this.#next(); tag && !closed.aborted; tag = this.#next()) {
      const command = pending.get(tag);
      if (!command) continue;
      if (this.#waitsForAnswers(command)) {
        command.spared = pending.placeOf(command);
        await this.#flush();
        await pending.quiet();
        socket.cork();
        if (closed.aborted) break;
      }
      pending.sending(command, now());
      command.sentFrom = this.#bytes;
      await this.#layOut(tag, command);
    }
    socket.uncork();
    this.onFlush();
    this.#isWriting = false;
  }

  /**
   * Whether a command must wait. One that goes alone waits for all before it, and all behind it wait for its answer.
   */
  #waitsForAnswers({ turn }: Pending): boolean {
    const { pending, flow } = this.parts;
    if (pending.isQuiet || turn === 'at once') return false;
    const { oldest } = pending;
    const behindAlone = oldest?.turn === 'alone' && oldest.sentAt !== null;
    return behindAlone || turn === 'alone' || flow.flow === 'one at a time';
  }

  async #layOut(tag: string, command: Pending): Promise<void> {
    const { socket, literals, closed } = this.parts;
    for (const step of layOut(tag, command.pieces, command.listener.literals ?? literals)) {
      if (step === 'wait') {
        const granted = new Promise<boolean>((resolve) => {
          command.goOn = resolve;
        });
        await this.#flush();
        // The socket is uncorked while it waits: otherwise bytes stay in our buffer, and the server never sends `+`.
        const goOn = await granted;
        socket.cork();
        command.goOn = null;
        if (!goOn) return;
        continue;
      }
      socket.write(step);
      this.#bytes += step.length;
      this.#corked += step.length;
      if (this.#corked >= SLICE) {
        await this.#flush();
        socket.cork();
      }
      if (closed.aborted) return;
    }
  }

  async #flush(): Promise<void> {
    const { socket } = this.parts;
    socket.uncork();
    this.#corked = 0;
    this.onFlush();
    if (socket.writableNeedDrain) await this.#drained();
  }

  async #drained(): Promise<void> {
    const { socket, closed } = this.parts;
    while (socket.writableNeedDrain && !closed.aborted) {
      await new Promise<void>((resolve) => {
        const done = () => {
          socket.off('drain', done);
          closed.removeEventListener('abort', done);
          resolve();
        };
        socket.once('drain', done);
        closed.addEventListener('abort', done, { once: true });
      });
    }
  }
}
