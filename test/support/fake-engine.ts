import type { RunningEngine } from '../../src/engine/running-engine.js';
import type { AnswerOf, EngineAnswer, EngineCommand } from '../../src/protocol/commands.js';
import type { EndpointEntity } from '../../src/protocol/endpoint-entity.js';
import {
  type BatchEntity,
  type MailboxEntity,
  type MailboxState,
  NO_COUNTS,
  NO_LINE,
  NO_RATE,
  PROTOCOL_VERSION,
  type Status,
} from '../../src/protocol/entities.js';
import type { EngineEvent } from '../../src/protocol/events.js';
import { bytesLeftBy } from '../../src/protocol/figures.js';

export function aMailbox(id: string, change: Partial<MailboxEntity> = {}): MailboxEntity {
  return {
    id,
    email: `${id}@new.example`,
    servers: null,
    state: { kind: 'queued', startsAt: null, why: { key: 'turn' } },
    folder: null,
    message: null,
    counts: NO_COUNTS,
    bytesLeft: bytesLeftBy(change.counts ?? NO_COUNTS),
    expected: null,
    folders: [],
    errors: 0,
    doubled: 0,
    accepted: 0,
    cause: null,
    startedAt: null,
    endedAt: null,
    attempts: 0,
    typedPasswords: [],
    rate: NO_RATE,
    eta: null,
    lines: { source: NO_LINE, destination: NO_LINE },
    history: [],
    asksPassword: null,
    provider: null,
    lastResponse: null,
    ...change,
  };
}

export function aBatch(change: Partial<BatchEntity> = {}): BatchEntity {
  const kinds: MailboxState['kind'][] = [
    'queued',
    'connecting',
    'scanning',
    'copying',
    'verifying',
    'backing-off',
    'held',
    'paused',
    'stopped',
    'synced',
    'incomplete',
    'completed',
    'given-up',
  ];
  return {
    name: 'school',
    state: 'running',
    startedAt: 1_000,
    now: 61_000,
    source: 'imaps://old.example:993',
    destination: 'imaps://new.example:993',
    mailboxes: 1,
    byState: Object.fromEntries(kinds.map((kind) => [kind, 0])) as BatchEntity['byState'],
    needs: 0,
    leftOut: { accepted: 0, givenUp: 0 },
    counts: NO_COUNTS,
    bytesLeft: bytesLeftBy(change.counts ?? NO_COUNTS),
    expected: change.counts?.total ?? 0,
    expectedBytes: null,
    unseen: 0,
    errors: 0,
    decided: 0,
    rate: NO_RATE,
    trend: [],
    eta: null,
    etaBetween: null,
    endpoints: {
      source: [anEndpoint('imaps://old.example:993')],
      destination: [anEndpoint('imaps://new.example:993')],
    },
    stagger: { min: 60, max: 90 },
    concurrency: 20,
    window: null,
    closedUntil: null,
    wave: null,
    otherWaves: 0,
    ...change,
  };
}

function anEndpoint(name: string): EndpointEntity {
  return {
    name,
    software: '',
    connections: 0,
    allowed: 40,
    throttledUntil: null,
    unreachableUntil: null,
    circuit: null,
  };
}

/** An engine that does what a test tells it: publishes events, remembers commands, ends when told. */
export class FakeEngine implements RunningEngine {
  readonly commands: EngineCommand[] = [];
  answers: (command: EngineCommand) => EngineAnswer | Promise<EngineAnswer> = () => ({ ok: true });
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  #end: (exitCode: number) => void = () => undefined;
  readonly #ended = new Promise<number>((resolve) => {
    this.#end = resolve;
  });
  #batch: BatchEntity;
  readonly #mailboxes: Map<string, MailboxEntity>;

  constructor(mailboxes: readonly MailboxEntity[], batch: Partial<BatchEntity> = {}) {
    this.#mailboxes = new Map(mailboxes.map((one) => [one.id, one]));
    this.#batch = aBatch({ mailboxes: mailboxes.length, ...batch });
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  publish(event: EngineEvent): void {
    if (event.type === 'mailbox') this.#mailboxes.set(event.mailbox.id, event.mailbox);
    if (event.type === 'batch' || event.type === 'end') this.#batch = event.batch;
    for (const listener of this.#listeners) listener(event);
  }

  /** Changes that are not published. */
  quietly(batch: Partial<BatchEntity>): void {
    this.#batch = { ...this.#batch, ...batch };
  }

  end(exitCode: number, batch: Partial<BatchEntity> = { state: 'ended' }): void {
    this.publish({ type: 'end', exitCode, batch: { ...this.#batch, ...batch } });
    this.#end(exitCode);
  }

  run(): Promise<number> {
    return this.#ended;
  }

  /** Consoles that are there. */
  attending = 0;

  attend(): () => void {
    this.attending += 1;
    return () => {
      this.attending -= 1;
    };
  }

  async command<C extends EngineCommand>(command: C): Promise<AnswerOf<C['do']>> {
    this.commands.push(command);
    // A test sees to it that the answer fits the command.
    return (await this.answers(command)) as AnswerOf<C['do']>;
  }

  status(): Status {
    return { version: PROTOCOL_VERSION, batch: this.#batch, mailboxes: [...this.#mailboxes.values()] };
  }
}
