import type { ErrorGroupEntity, FailedMessages, MessageLook, Morning } from '../../../src/protocol/answers.js';
import type { EngineClient } from '../../../src/protocol/client.js';
import type { AnswerOf, EngineAnswer, EngineCommand } from '../../../src/protocol/commands.js';
import { type MailboxEntity, PROTOCOL_VERSION } from '../../../src/protocol/entities.js';
import type { EngineEvent, LogLine } from '../../../src/protocol/events.js';
import { aBatch, NOW } from './a-batch.js';
import { PaperTriage } from './paper-triage.js';

/** Commands that change nothing. */
const ASKING: ReadonlySet<EngineCommand['do']> = new Set([
  'log',
  'pace',
  'rehearse',
  'errors',
  'preview',
  'decisions',
  'morning',
  'message',
  'headers',
]);

/** An engine that says what a test tells it to, and keeps what it was told. */
export class PaperEngine implements EngineClient {
  readonly told: EngineCommand[] = [];
  log: LogLine[] = [];
  errors: readonly ErrorGroupEntity[] = [];
  morning: Morning = { since: NOW, lines: [] };
  message: MessageLook | null = null;
  headers: FailedMessages = { messages: [], more: 0, notes: [] };
  readonly triage = new PaperTriage(
    () => this.errors,
    () => this.mailboxes,
    () => NOW,
  );
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

  async command<C extends EngineCommand>(command: C): Promise<AnswerOf<C['do']>> {
    return this.#answer(command) as AnswerOf<C['do']>;
  }

  #answer(command: EngineCommand): EngineAnswer {
    this.told.push(command);
    const answer = this.answers.get(command.do);
    if (answer) return answer;
    const before = this.triage.decisions.length;
    const decided = this.triage.answer(command);
    if (this.triage.decisions.length > before) this.say({ type: 'batch', batch: this.#batch() });
    if (decided) return decided;
    switch (command.do) {
      case 'log':
        return { ok: true, log: this.log.slice(-command.lines) };
      case 'pace':
        return { ok: false, why: 'nothing was noted of this night' };
      case 'rehearse':
        return { ok: false, why: 'nobody plays it here' };
      case 'morning':
        return { ok: true, morning: this.morning };
      case 'message':
        return this.message ? { ok: true, message: this.message } : { ok: false, why: 'the source is out of reach' };
      case 'headers':
        return { ok: true, headers: this.headers };
      case 'save-message':
        return { ok: true, saved: { path: command.path, bytes: 1_234, rows: 1 } };
      default:
        return { ok: true };
    }
  }

  /** Orders that change something. */
  get orders(): readonly EngineCommand[] {
    return this.told.filter((command) => !ASKING.has(command.do));
  }

  async subscribe(listener: (event: EngineEvent) => void): Promise<void> {
    listener({ type: 'batch', batch: this.#batch() });
    for (const mailbox of this.mailboxes) listener({ type: 'mailbox', mailbox });
    this.#listeners.push(listener);
  }

  async status() {
    return { version: PROTOCOL_VERSION as typeof PROTOCOL_VERSION, batch: this.#batch(), mailboxes: this.mailboxes };
  }

  #batch() {
    return aBatch(this.mailboxes, { decided: this.triage.decisions.length });
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
