import { type BatchEntity, type MailboxEntity, PROTOCOL_VERSION, type Status } from './entities.js';
import type { EngineEvent } from './events.js';

/** Builds a status from events: the latest of each entity counts. */
export class StatusCollector {
  #batch: BatchEntity | null = null;
  readonly #mailboxes = new Map<string, MailboxEntity>();

  note(event: EngineEvent): void {
    if (event.type === 'batch' || event.type === 'end') this.#batch = event.batch;
    if (event.type === 'mailbox') this.#mailboxes.set(event.mailbox.id, event.mailbox);
  }

  /** @throws Error  before the first batch entity came */
  status(): Status {
    if (!this.#batch) throw new Error('the engine has not said what it runs');
    return { version: PROTOCOL_VERSION, batch: this.#batch, mailboxes: [...this.#mailboxes.values()] };
  }

  /** The collected state, as events. */
  *events(): Iterable<EngineEvent> {
    if (this.#batch) yield { type: 'batch', batch: this.#batch };
    for (const mailbox of this.#mailboxes.values()) yield { type: 'mailbox', mailbox };
  }
}
