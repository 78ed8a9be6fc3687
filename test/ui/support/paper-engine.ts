import type { EngineClient } from '../../../src/engine/client.js';
import type {
  EngineAnswer,
  EngineCommand,
  EngineEvent,
  ErrorGroupEntity,
  LogLine,
  MailboxEntity,
} from '../../../src/engine/protocol.js';
import { aBatch } from './a-batch.js';

/** An engine that says what a test tells it to, and keeps what it was told. */
export class PaperEngine implements EngineClient {
  readonly told: EngineCommand[] = [];
  log: LogLine[] = [];
  errors: readonly ErrorGroupEntity[] = [];
  /** Answers by the kind of command; the others are obeyed. */
  readonly answers = new Map<EngineCommand['do'], EngineAnswer>();
  readonly closed: Promise<void>;
  #closed: () => void = () => undefined;
  #listeners: ((event: EngineEvent) => void)[] = [];

  constructor(public mailboxes: readonly MailboxEntity[] = []) {
    this.closed = new Promise((resolve) => {
      this.#closed = resolve;
    });
  }

  async command(command: EngineCommand): Promise<EngineAnswer> {
    this.told.push(command);
    const answer = this.answers.get(command.do);
    if (answer) return answer;
    if (command.do === 'log') return { ok: true, log: this.log.slice(-command.lines) };
    return command.do === 'errors' ? { ok: true, errors: this.errors } : { ok: true };
  }

  /** Orders that change something. */
  get orders(): readonly EngineCommand[] {
    return this.told.filter((command) => command.do !== 'log' && command.do !== 'errors');
  }

  async subscribe(listener: (event: EngineEvent) => void): Promise<void> {
    listener({ type: 'batch', batch: aBatch(this.mailboxes) });
    for (const mailbox of this.mailboxes) listener({ type: 'mailbox', mailbox });
    this.#listeners.push(listener);
  }

  async status() {
    return { version: 1 as const, batch: aBatch(this.mailboxes), mailboxes: this.mailboxes };
  }

  say(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** The line to it breaks. */
  die(): void {
    this.#listeners = [];
    this.#closed();
  }

  close(): void {}
}
