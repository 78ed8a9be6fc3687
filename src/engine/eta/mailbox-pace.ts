import type { MailboxEntity } from '../../protocol/entities.js';
import { settled } from '../../protocol/figures.js';
import { type Cost, type Stretch, timeFor } from './work-pace.js';

/** Milliseconds of a stretch: long enough that messages come in it, short enough that a large message is some of its own. */
const STRETCH = 10_000;
/** Milliseconds of work of its own that count as much as what others took. */
const OWN = 60_000;
/** No mailbox is taken to be so many times slower, or faster, than the others for good. */
const MOST = 8;
/** It is not taken to rest more often than so many times what it has rested. */
const MOST_RESTS = 3;

/** How fast one mailbox goes, beside what all of them take. */
export class MailboxPace {
  /** Milliseconds from its login to its first message; null: none came yet. */
  startMs: number | null = null;
  #began: number | null = null;
  #at: number | null = null;
  #messages = 0;
  #bytes = 0;
  /** Its own work so far. */
  #ms = 0;
  #done = { messages: 0, bytes: 0 };
  #rests = 0;
  #restedMs = 0;
  /** Messages of which it was known what became of them when it last rested. */
  #settled = 0;

  /** It is at work. @returns stretches that are over */
  look(mailbox: MailboxEntity, monotonic: number): readonly Stretch[] {
    if (this.#began === null) {
      this.#began = monotonic;
      this.#takesAsSeen(mailbox);
    }
    if (mailbox.state.kind === 'connecting' || mailbox.state.kind === 'scanning') return [];
    if (this.#at === null) {
      this.startMs ??= monotonic - this.#began;
      this.#at = monotonic;
      this.#takesAsSeen(mailbox);
      return [];
    }
    return monotonic - this.#at < STRETCH ? [] : [this.#stretch(mailbox, this.#at, monotonic)];
  }

  /**
   * It is at work no more: its last stretch counts, however short it was. A mailbox of a few messages has no other.
   *
   * @returns that stretch, unless nothing was seen of it
   */
  ends(mailbox: MailboxEntity, monotonic: number): readonly Stretch[] {
    const from = this.#at ?? this.#began;
    if (from === null || monotonic <= from) return [];
    const { messages, bytes } = movedOf(mailbox);
    // A login that was refused is no work on messages.
    if (this.#at === null && messages <= this.#messages && bytes <= this.#bytes) return [];
    return [this.#stretch(mailbox, from, monotonic)];
  }

  /** Messages that were there at the first look took no time that anybody saw. */
  #takesAsSeen(mailbox: MailboxEntity): void {
    const { messages, bytes } = movedOf(mailbox);
    this.#messages = Math.max(this.#messages, messages);
    this.#bytes = Math.max(this.#bytes, bytes);
  }

  #stretch(mailbox: MailboxEntity, from: number, monotonic: number): Stretch {
    const { messages, bytes } = movedOf(mailbox);
    const stretch = {
      ms: monotonic - from,
      messages: Math.max(0, messages - this.#messages),
      bytes: Math.max(0, bytes - this.#bytes),
    };
    this.#at = monotonic;
    this.#takesAsSeen(mailbox);
    this.#ms += stretch.ms;
    this.#done = { messages: this.#done.messages + stretch.messages, bytes: this.#done.bytes + stretch.bytes };
    return stretch;
  }

  /** Milliseconds that it was at work, and that it rested since something failed. */
  get times(): { readonly atWork: number; readonly rested: number } {
    return { atWork: this.#ms, rested: this.#restedMs };
  }

  /** It is not at work: the time until it goes on is no time of work. */
  pauses(): void {
    this.#at = null;
    this.#began = null;
  }

  /** It rests, since something failed, and has so far rested for so long in a row. @param since  milliseconds since the last look */
  rests({ counts }: MailboxEntity, since: number): void {
    if (this.#at !== null || this.#began !== null) this.#rests++;
    this.pauses();
    this.#restedMs += since;
    this.#settled = settled(counts);
  }

  /**
   * Milliseconds that it will rest once more, besides the rest that it is in. A server that has it wait every so many
   * messages goes on doing so; one rest alone is no sign of that.
   *
   * @param messages  that are left
   */
  restsToCome(messages: number): number {
    if (this.#rests < 2 || this.#settled === 0) return 0;
    return this.#restedMs * Math.min(MOST_RESTS, messages / this.#settled);
  }

  /** Milliseconds of work that are left, in its own pace as far as that is known. */
  workLeft(
    { message }: MailboxEntity,
    left: { readonly messages: number; readonly bytes: number },
    cost: Cost,
  ): number {
    const ownPace = this.#ownPace(cost);
    if (message === null || message.left === null) return timeFor(cost, left) * ownPace;
    const behind = { messages: left.messages - 1, bytes: left.bytes - message.bytes };
    // Messages that were read have to be written, too, mostly while others are read.
    const toWrite =
      message.side === 'source' ? (timeFor(cost, { messages: 0, bytes: message.bytes }) * ownPace) / 4 : 0;
    return message.left + toWrite + timeFor(cost, behind) * ownPace;
  }

  #ownPace(cost: Cost): number {
    const expected = timeFor(cost, this.#done);
    return Math.min(MOST, Math.max(1 / MOST, (this.#ms + OWN) / (expected + OWN)));
  }
}

/** Copied so far, with what has moved of a large message. */
function movedOf({ counts, message }: MailboxEntity): { readonly messages: number; readonly bytes: number } {
  return { messages: counts.copied, bytes: counts.bytesCopied + (message?.moved ?? 0) };
}
