import type { LogLine } from '../../protocol/events.js';
import type { Clock } from '../../words/clock.js';
import { type Channel, isTaken, mayPass, type Sent, showSent } from './channels/channel.js';
import type { Notice } from './notice.js';

/** Milliseconds before each try. */
const BEFORE_TRIES = [0, 5_000, 30_000, 2 * 60_000, 10 * 60_000] as const;
/** While the engine ends nothing waits longer between tries. */
const BEFORE_LAST_TRIES = 2_000;
/** Notices that wait for one channel; the oldest give way. */
const MOST_WAITING = 50;

export interface OutboxParts {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly say: (level: LogLine['level'], text: string) => void;
}

/** Sends notices by one channel, one after the other, in a time of its own: nobody waits for it. */
export class Outbox {
  readonly #waiting: Notice[] = [];
  /** Ends waits between tries. */
  readonly #hurry = new AbortController();
  /** Ends tries. */
  readonly #drop = new AbortController();
  #sending: Promise<void> | null = null;
  /** It was said that the channel does not work. */
  #isSaid = false;

  constructor(private readonly parts: OutboxParts) {}

  put(notice: Notice): void {
    this.#waiting.push(notice);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    this.#sending ??= this.#sendAll();
  }

  /** Resolves when all was sent or given up, after so many milliseconds at the latest. */
  async end(within: number): Promise<void> {
    this.#hurry.abort();
    const sent = new AbortController();
    void this.parts.clock.sleep(within, sent.signal).then(() => this.#drop.abort());
    while (this.#sending) await this.#sending;
    sent.abort();
  }

  async #sendAll(): Promise<void> {
    for (let notice = this.#waiting.shift(); notice; notice = this.#waiting.shift()) {
      if (this.#drop.signal.aborted) break;
      this.#tell(notice, await this.#send(notice));
    }
    this.#sending = null;
  }

  async #send(notice: Notice): Promise<Sent> {
    const { channel } = this.parts;
    let sent: Sent = { kind: 'not reached', code: 'no time' };
    for (const wait of BEFORE_TRIES) {
      await this.#rest(wait);
      if (this.#drop.signal.aborted) break;
      sent = await channel.send(notice, this.#drop.signal);
      if (isTaken(sent) || !mayPass(sent)) break;
    }
    return sent;
  }

  async #rest(ms: number): Promise<void> {
    const { clock } = this.parts;
    if (!this.#hurry.signal.aborted) await clock.sleep(ms, this.#hurry.signal);
    // It ends now: what is left of the wait is cut short.
    if (ms > 0 && this.#hurry.signal.aborted) await clock.sleep(BEFORE_LAST_TRIES, this.#drop.signal);
  }

  #tell({ title }: Notice, sent: Sent): void {
    const { channel, say } = this.parts;
    if (isTaken(sent)) {
      this.#isSaid = false;
      say('info', `told by ${channel.name}: ${title}`);
    } else if (!this.#isSaid) {
      this.#isSaid = true;
      say('warn', `${channel.name} did not take a notice (${title}): ${showSent(sent)}; the copy goes on`);
    }
  }
}
