import type { BatchEntity, MailboxEntity } from '../../protocol/entities.js';
import type { EngineEvent, LogLine } from '../../protocol/events.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { NOTHING_TOLD, type Notices, type NoticesWanted } from '../../store/batch/notices.js';
import type { Clock } from '../../words/clock.js';
import type { Channel } from './channels/channel.js';
import { decide, type NoticeMemory, newMemory } from './decide.js';
import { makeNotice } from './make-notice.js';
import { Outbox } from './outbox.js';
import { standingOf } from './standing.js';

/** How the operator of a batch is told of it while nobody looks. */
export interface NoticeWishes {
  /** Kept with the batch, so that a resume tells as well. */
  readonly wanted: NoticesWanted;
  readonly channels: readonly Channel[];
  /** The batch as it is typed after a command. */
  readonly typed: string;
}

export interface NotifierParts {
  readonly wishes: NoticeWishes;
  readonly store: Pick<BatchStore, 'name' | 'notices'>;
  readonly clock: Clock;
  readonly batch: () => BatchEntity;
  readonly mailboxes: () => readonly MailboxEntity[];
  readonly say: (level: LogLine['level'], text: string) => void;
}

/** The least time between two looks, in milliseconds: a batch of 50,000 is not read through at each change. */
const LOOK_EVERY = 2_000;
/** How long an engine that ends waits for its last notices. One that was stopped keeps nobody waiting. */
const LAST_WORDS = 15_000;
const LAST_WORDS_WHEN_STOPPED = 3_000;

/** Watches a batch and tells its operator. Whatever goes wrong here, the copy goes on. */
export class Notifier {
  readonly #outboxes: readonly Outbox[];
  readonly #over = new AbortController();
  #notices: Notices | null = null;
  #memory: NoticeMemory = newMemory(NOTHING_TOLD);
  /** Looks and writes, one after the other. */
  #turn: Promise<void> = Promise.resolve();
  #alarm: { readonly at: number; readonly off: AbortController } | null = null;
  #isUnsaved = false;
  #isBroken = false;

  constructor(private readonly parts: NotifierParts) {
    const { wishes, clock, say } = parts;
    this.#outboxes = wishes.channels.map((channel) => new Outbox({ channel, clock, say }));
  }

  /** Reads what an earlier engine told, keeps what is wished now, and looks: a short night is over before the next look. */
  async open(): Promise<void> {
    const { store, wishes, say } = this.parts;
    try {
      this.#notices = await store.notices();
      this.#memory = newMemory(this.#notices.told);
      await this.#notices.save(wishes.wanted, this.#notices.told);
    } catch (error) {
      say('warn', `notices may be told twice: ${inWords(error)}`);
    }
    this.#look(null);
  }

  hear(event: EngineEvent): void {
    if (event.type === 'batch' || event.type === 'mailbox') this.#wakeAt(this.parts.clock.monotonic() + LOOK_EVERY);
  }

  /** The engine ends: tells the last, and waits a while for it to arrive. */
  async end(exitCode: number, how: 'by itself' | 'stopped'): Promise<void> {
    this.#over.abort();
    this.#look(exitCode);
    await this.#turn;
    const within = how === 'stopped' ? LAST_WORDS_WHEN_STOPPED : LAST_WORDS;
    await Promise.all(this.#outboxes.map((outbox) => outbox.end(within)));
  }

  #wakeAt(at: number): void {
    if (this.#over.signal.aborted || at === Number.POSITIVE_INFINITY) return;
    if (this.#alarm !== null && this.#alarm.at <= at) return;
    this.#alarm?.off.abort();
    const off = new AbortController();
    this.#alarm = { at, off };
    const { clock } = this.parts;
    void clock.sleep(at - clock.monotonic(), AbortSignal.any([off.signal, this.#over.signal])).then(() => {
      if (off.signal.aborted || this.#over.signal.aborted) return;
      this.#alarm = null;
      this.#look(null);
    });
  }

  #look(exitCode: number | null): void {
    try {
      this.#decide(exitCode);
    } catch (error) {
      // A bug in here costs notices, and never the copy.
      if (!this.#isBroken) this.parts.say('error', `notices are not told any more: ${inWords(error)}`);
      this.#isBroken = true;
    }
  }

  #decide(exitCode: number | null): void {
    const { clock, batch, mailboxes, store, wishes } = this.parts;
    const moment = clock.monotonic();
    const standing = standingOf(batch(), mailboxes(), { moment }, exitCode);
    const before = this.#memory.told;
    const { news, memory, lookAt } = decide(this.#memory, standing);
    this.#memory = memory;
    this.#wakeAt(lookAt);
    const { when } = wishes.wanted;
    // News that nobody wishes for counts as told: a resume that wishes for it does not tell of yesterday.
    const wished = news.filter(({ event }) => event === 'test' || when === null || when.includes(event));
    const notices = wished.map((one) => makeNotice(one, store.name, wishes.typed, standing.now));
    if (notices.length === 0 && JSON.stringify(before) === JSON.stringify(memory.told)) return;
    this.#turn = this.#turn.then(async () => {
      // Before they are sent: after a crash in between one is missing, and none comes twice.
      await this.#save(memory);
      for (const notice of notices) for (const outbox of this.#outboxes) outbox.put(notice);
    });
  }

  async #save({ told }: NoticeMemory): Promise<void> {
    try {
      await this.#notices?.save(this.parts.wishes.wanted, told);
      this.#isUnsaved = false;
    } catch (error) {
      if (!this.#isUnsaved) this.parts.say('warn', `after a crash notices may be told twice: ${inWords(error)}`);
      this.#isUnsaved = true;
    }
  }
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
