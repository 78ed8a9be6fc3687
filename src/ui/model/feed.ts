import type { AnswerOf, CommandName, CommandOf, Granted } from '../../protocol/commands.js';
import type { Clock } from '../../words/clock.js';

/** The last answer of the engine. */
export interface Told<T, N extends CommandName = CommandName> {
  /** Null until it told anything. What was told stays to be read when the engine refuses, or is gone. */
  readonly known: T | null;
  /** The question that `known` answers. */
  readonly asked: CommandOf<N>;
  /** Why the last question was not answered, or null. */
  readonly trouble: string | null;
}

/** Milliseconds before the same question is asked again. */
const EVERY_MS = 1_000;
/** Another question goes when it has stood for so long: half of what is being typed is not asked. */
const TYPING_MS = 150;

/** Asks the engine while somebody looks at the answer, and again when it may be another. */
export class Feed<T, N extends CommandName> {
  readonly #listeners = new Set<() => void>();
  #told: Told<T, N>;
  #stale = true;
  #asking = false;
  #turnedAt = Number.NEGATIVE_INFINITY;
  #resting = new AbortController();

  /**
   * @param read   what is looked at of an answer
   * @param known  what was told before to the first question, or null
   */
  constructor(
    private readonly ask: (command: CommandOf<N>) => Promise<AnswerOf<N>>,
    private readonly clock: Clock,
    private readonly read: (answer: Granted<N>) => T,
    private question: CommandOf<N>,
    known: T | null = null,
  ) {
    this.#told = { known, asked: question, trouble: null };
  }

  readonly told = (): Told<T, N> => this.#told;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    void this.#follow();
    return () => this.#listeners.delete(listener);
  };

  /** The answer may be another now. */
  changed(): void {
    this.#stale = true;
    void this.#follow();
  }

  /** Asks something else from now on. */
  turnTo(question: CommandOf<N>): void {
    if (JSON.stringify(question) === JSON.stringify(this.question)) return;
    this.question = question;
    this.#turnedAt = this.clock.monotonic();
    this.#resting.abort();
    this.changed();
  }

  async #follow(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    while (this.#stale && this.#listeners.size > 0) {
      const stands = this.clock.monotonic() - this.#turnedAt;
      if (stands < TYPING_MS) {
        await this.clock.sleep(TYPING_MS - stands);
        continue;
      }
      this.#stale = false;
      this.#resting = new AbortController();
      const asked = this.question;
      const answer = await this.ask(asked);
      this.#told = answer.ok
        ? { known: this.read(answer), asked, trouble: null }
        : { ...this.#told, trouble: answer.why };
      for (const listener of this.#listeners) listener();
      await this.clock.sleep(EVERY_MS, this.#resting.signal);
    }
    this.#asking = false;
  }
}
