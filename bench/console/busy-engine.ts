import type { RunningEngine } from '../../src/engine/running-engine.js';
import {
  type AnswerOf,
  type CommandName,
  type EngineCommand,
  type Handlers,
  handleOr,
} from '../../src/protocol/commands.js';
import {
  type BatchEntity,
  type Counts,
  type MailboxEntity,
  NO_COUNTS,
  NO_LINE,
  PROTOCOL_VERSION,
  type Status,
} from '../../src/protocol/entities.js';
import type { EngineEvent } from '../../src/protocol/events.js';
import { bytesLeftBy } from '../../src/protocol/figures.js';
import type { Clock } from '../../src/words/clock.js';
import { seeded } from '../lab/seeded.js';

const TOTAL = 40_000;
/** Messages that a mailbox copies between two updates. */
const STEP = { least: 10, more: 40 } as const;

/** An engine that copies nothing and tells of 100 workers: all of them move with each update. */
export class BusyEngine implements RunningEngine {
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #random = seeded(7);
  readonly #copied: number[];
  readonly #startedAt: number;
  #rate = 0;

  constructor(
    private readonly clock: Clock,
    workers = 100,
  ) {
    this.#startedAt = clock.now();
    this.#copied = Array.from({ length: workers }, (_, at) => at * 97);
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Never ends by itself. */
  run(): Promise<number> {
    return new Promise(() => undefined);
  }

  attend(): () => void {
    return () => undefined;
  }

  command<C extends EngineCommand>(command: C): Promise<AnswerOf<C['do']>> {
    const answers: Partial<Handlers<CommandName>> = {
      status: () => ({ ok: true, status: this.status() }),
      errors: () => ({ ok: true, errors: [] }),
      log: () => ({ ok: true, log: [] }),
    };
    return handleOr(answers, command, { ok: false, why: 'it does nothing but copy' });
  }

  status(): Status {
    return {
      version: PROTOCOL_VERSION,
      batch: this.#batch(),
      mailboxes: this.#copied.map((_, at) => this.#mailbox(at)),
    };
  }

  /** Every worker goes on. */
  update(): void {
    let moved = 0;
    for (const at of this.#copied.keys()) {
      const step = STEP.least + Math.floor(this.#random() * STEP.more);
      this.#copied[at] = (this.#copied[at]! + step) % TOTAL;
      moved += step;
      this.#emit({ type: 'mailbox', mailbox: this.#mailbox(at) });
    }
    this.#rate = moved * 4;
    this.#emit({ type: 'batch', batch: this.#batch() });
  }

  #emit(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #mailbox(at: number): MailboxEntity {
    const counts = countsOf(this.#copied[at]!);
    const rate = { messages: 40 + this.#random() * 160, bytes: 1e6 + this.#random() * 6e6 };
    return {
      id: `m${at}`,
      email: `worker${at}@school.example`,
      servers: null,
      state: { kind: 'copying' },
      folder: 'INBOX',
      message: null,
      counts,
      bytesLeft: bytesLeftBy(counts),
      expected: { messages: counts.total, bytes: counts.bytesTotal, weighed: counts.total, by: 'pass' },
      folders: [{ source: 'INBOX', destination: 'INBOX', counts, way: 'MULTIAPPEND, LITERAL+' }],
      errors: 0,
      doubled: 0,
      accepted: 0,
      cause: null,
      startedAt: this.#startedAt,
      endedAt: null,
      attempts: 1,
      typedPasswords: [],
      rate,
      eta: this.clock.now() + (counts.left / rate.messages) * 1000,
      lines: {
        source: { connections: 2, command: 'UID FETCH', inFlight: 3 },
        destination: { ...NO_LINE, connections: 2, command: 'APPEND', inFlight: 9 },
      },
      history: [],
      asksPassword: null,
      provider: null,
      lastResponse: null,
    };
  }

  #batch(): BatchEntity {
    const now = this.clock.now();
    const workers = this.#copied.length;
    const done = this.#copied.reduce((sum, copied) => sum + copied, 0);
    const side = (name: string) => ({
      name,
      software: 'Dovecot',
      connections: workers * 2,
      allowed: workers * 2,
      throttledUntil: null,
      unreachableUntil: null,
      circuit: null,
    });
    const counts = {
      ...countsOf(done),
      total: TOTAL * workers,
      left: TOTAL * workers - done,
      bytesTotal: TOTAL * workers * 30_000,
    };
    const none = { queued: 0, connecting: 0, scanning: 0, verifying: 0, 'backing-off': 0, held: 0, paused: 0 };
    return {
      name: 'busy',
      state: 'running',
      startedAt: this.#startedAt,
      now,
      source: 'imaps://mail.old.example',
      destination: 'imaps://mail.new.example',
      mailboxes: workers,
      byState: { ...none, copying: workers, stopped: 0, synced: 0, incomplete: 0, completed: 0, 'given-up': 0 },
      needs: 0,
      leftOut: { accepted: 0, givenUp: 0 },
      counts,
      bytesLeft: bytesLeftBy(counts),
      expected: TOTAL * workers,
      expectedBytes: counts.bytesTotal,
      unseen: 0,
      errors: 0,
      decided: 0,
      rate: { messages: this.#rate, bytes: this.#rate * 30_000 },
      trend: Array.from({ length: 60 }, () => this.#rate * (0.7 + this.#random() * 0.6)),
      eta: now + 3_600_000,
      etaBetween: { from: now + 3_000_000, to: now + 4_500_000 },
      endpoints: { source: [side('imaps://mail.old.example')], destination: [side('imaps://mail.new.example')] },
      stagger: { min: 60, max: 90 },
      concurrency: workers,
      window: null,
      closedUntil: null,
      wave: null,
      otherWaves: 0,
    };
  }
}

function countsOf(copied: number): Counts {
  return {
    ...NO_COUNTS,
    total: TOTAL,
    copied,
    left: TOTAL - copied,
    bytesTotal: TOTAL * 30_000,
    bytesCopied: copied * 30_000,
  };
}
