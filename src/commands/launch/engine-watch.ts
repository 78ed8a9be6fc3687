import type { EngineClient } from '../../protocol/client.js';
import type { BatchEntity, MailboxEntity } from '../../protocol/entities.js';
import type { EngineEvent } from '../../protocol/events.js';
import { exitCodeOf, isEndOfBatch } from '../../protocol/exit-code.js';
import type { EngineState } from './engine-state.js';
import type { RunningLaunch } from './launched.js';

/** The state of the engine that a console is open on, over restarts. */
export class EngineWatch {
  #client: EngineClient;
  #state: EngineState = { kind: 'running' };
  readonly #typed = new Map<string, MailboxEntity>();

  constructor(launched: RunningLaunch) {
    this.#client = this.#watched(launched);
  }

  /** Mailboxes for which an operator typed a password that the plan does not have. */
  get typed(): readonly Pick<MailboxEntity, 'email' | 'typedPasswords'>[] {
    return [...this.#typed.values()];
  }

  get state(): EngineState {
    return this.#state;
  }

  get client(): EngineClient {
    return this.#client;
  }

  /** The engine was started again. */
  follow(launched: RunningLaunch): EngineClient {
    this.#state = { kind: 'running' };
    this.#client = this.#watched(launched);
    return this.#client;
  }

  ended(exitCode: number): void {
    this.#state = { kind: 'ended', exitCode };
  }

  #noteTyped(mailbox: MailboxEntity): void {
    if (mailbox.typedPasswords.length > 0) this.#typed.set(mailbox.id, mailbox);
    else this.#typed.delete(mailbox.id);
  }

  #watched({ client, exitCode }: RunningLaunch): EngineClient {
    let left = false;
    const isCurrent = () => !left && this.#client === watched;
    void client.closed.then(() => {
      if (isCurrent() && this.#state.kind !== 'ended') this.#state = { kind: 'died' };
    });
    // A process that ended as a batch ends did not die, though its last words may have come too late for us.
    void exitCode?.then((code) => {
      if (isCurrent() && this.#state.kind !== 'ended' && code !== null && isEndOfBatch(code)) this.ended(code);
    });
    const note = (event: EngineEvent) => {
      if (event.type === 'mailbox') this.#noteTyped(event.mailbox);
      else if (event.type === 'end') this.ended(event.exitCode);
      else if (
        event.type === 'batch' &&
        isCurrent() &&
        (this.#state.kind === 'running' || this.#state.kind === 'waiting')
      )
        this.#state = standingOf(event.batch);
    };
    const watched: EngineClient = {
      command: (command) => client.command(command),
      subscribe: (listener) =>
        client.subscribe((event) => {
          note(event);
          listener(event);
        }),
      status: () => client.status(),
      closed: client.closed,
      close() {
        left = true;
        client.close();
      },
    };
    return watched;
  }
}

/** A waiting engine ends when its last console leaves, as it would have without any. */
function standingOf(batch: BatchEntity): EngineState {
  return batch.state === 'waiting' ? { kind: 'waiting', exitCode: exitCodeOf(batch) } : { kind: 'running' };
}
