import { LineSink } from '../../src/commands/output/line-sink.js';
import { plainPrinter } from '../../src/commands/output/plain-printer.js';
import type { Output } from '../../src/commands/process/io.js';
import type { MailboxState } from '../../src/protocol/entities.js';
import type { EngineEvent } from '../../src/protocol/events.js';

/** At the pace of the story a line of progress every few seconds would be forty a second. */
const PROGRESS_EVERY_MS = 5 * 60_000;

/** Tells the night in the lines that the program prints, with progress thinned to what a reader can follow. */
export class Teller {
  readonly #sink: LineSink;
  readonly #show: (event: EngineEvent) => void;
  readonly #told = new Map<string, { readonly kind: MailboxState['kind']; readonly at: number }>();

  constructor(
    out: Output,
    private readonly now: () => number,
  ) {
    this.#sink = new LineSink(out);
    const printer = plainPrinter(this.#sink, now, 'night');
    this.#show = (event) => printer.show(event);
  }

  note(event: EngineEvent): void {
    if (event.type === 'mailbox' && !this.#isNews(event.mailbox.email, event.mailbox.state.kind)) return;
    this.#show(event);
  }

  say(text: string): void {
    this.#sink.write(`${new Date(this.now()).toISOString().slice(0, 19)}Z * ${text}`, 'lasting');
  }

  /** Resolves when the reader has taken it all. */
  async told(): Promise<void> {
    await this.#sink.drained();
  }

  #isNews(email: string, kind: MailboxState['kind']): boolean {
    const before = this.#told.get(email);
    if (before?.kind === kind && this.now() - before.at < PROGRESS_EVERY_MS) return false;
    this.#told.set(email, { kind, at: this.now() });
    return true;
  }
}
