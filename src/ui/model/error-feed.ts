import type { EngineAnswer, EngineCommand, ErrorGroupEntity } from '../../engine/protocol.js';
import type { Clock } from '../../words/clock.js';

/** The errors of a batch or of one mailbox, as they were told last. */
export interface ErrorsView {
  /** Null until they were told. */
  readonly groups: readonly ErrorGroupEntity[] | null;
  /** Why the engine does not tell them, or null. */
  readonly trouble: string | null;
}

/** They are asked for again at most so often, in milliseconds. */
const EVERY_MS = 1_000;

/** Asks for the errors while somebody looks at them, and again when there are others. */
export class ErrorFeed {
  readonly #listeners = new Set<() => void>();
  #view: ErrorsView = { groups: null, trouble: null };
  #stale = true;
  #asking = false;

  constructor(
    private readonly ask: (command: EngineCommand) => Promise<EngineAnswer>,
    private readonly clock: Clock,
    /** Email of a mailbox, or null for the whole batch. */
    private readonly mailbox: string | null,
  ) {}

  readonly view = (): ErrorsView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    void this.#follow();
    return () => this.#listeners.delete(listener);
  };

  /** There are others now. */
  changed(): void {
    this.#stale = true;
    void this.#follow();
  }

  async #follow(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    while (this.#stale && this.#listeners.size > 0) {
      this.#stale = false;
      const answer = await this.ask({ do: 'errors', mailbox: this.mailbox });
      // What was told before stays to be read when the engine is gone.
      this.#view = answer.ok
        ? { groups: answer.errors ?? [], trouble: null }
        : { groups: this.#view.groups, trouble: answer.why };
      for (const listener of this.#listeners) listener();
      await this.clock.sleep(EVERY_MS);
    }
    this.#asking = false;
  }
}
