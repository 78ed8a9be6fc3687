import type { Verdict } from '../../words/verdict.js';
import { type Appended, append, type Outgoing, type Way } from '../imap/append.js';
import { Refused } from '../imap/refused.js';
import type { Session } from '../imap/session.js';
import type { Floor } from './floor.js';
import { RefusalStreak } from './refusal-streak.js';

/** A folder of the destination while it is written to. */
export interface Target {
  readonly wire: string;
  readonly floor: Floor;
  /** Makes the folder where the server says that it is missing; true where that is worth another try. */
  readonly create: () => Promise<boolean>;
  /**
   * Called as soon as an answer is read.
   *
   * @param unreadable  why its APPENDUID cannot be read; null where it can, or none came
   */
  readonly onStored: (stored: readonly Stored[], unreadable: string | null) => void;
  readonly onRefused: (refused: RefusedAlone) => void;
  /** Called before `onStored` where the destination took the message only without its keywords. */
  readonly onKeywordsDropped: (uid: number, kept: readonly string[]) => void;
}

export interface Stored {
  readonly uid: number;
  /** UID at the destination; null without UIDPLUS. */
  readonly destination: number | null;
  readonly uidValidity: string | null;
}

/** A message that the destination refused when it was alone. */
export interface RefusedAlone {
  readonly uid: number;
  readonly line: string;
  readonly verdict: Verdict;
}

/** The destination will not have this folder's mail; the other folders go on. */
export class FolderRefused extends Error {
  override readonly name = 'FolderRefused';
  constructor(
    readonly verdict: Verdict,
    readonly command: string,
    readonly line: string,
  ) {
    super(line);
  }
}

/**
 * BAD came while literals were sent without waiting: the server may have read messages as
 * commands. The line is dropped; what was in it goes alone, and waits for `+`, next time.
 */
export class OutOfStep extends Error {
  override readonly name = 'OutOfStep';
  constructor(
    readonly line: string,
    readonly uids: readonly number[],
  ) {
    super(line);
  }
}

export type Judge = (line: string, command: string) => Verdict;

/**
 * Writes messages into folders of the destination, with many commands in flight.
 *
 * One writer where the server takes literals without a wait; up to three take turns where it
 * does not. A refused batch stored nothing (RFC 3502): it is halved until the offender is alone.
 */
export class AppendLane {
  readonly #refusals = new RefusalStreak('destination', 'APPEND');
  #ended = false;

  constructor(
    private readonly writers: readonly Session[],
    readonly way: Way,
    private readonly judge: Judge,
  ) {}

  /**
   * What becomes of each message is told to the target; of a message that it is not told of, nothing is
   * known to be stored.
   *
   * @param careful the message was in a dropped line or a BAD before: its literal waits for `+`
   * @throws LineLost         outcomes unknown
   * @throws Refused          a verdict for the mailbox or the endpoint: nothing of this batch was stored
   * @throws FolderRefused, TooManyRefusals, OutOfStep
   */
  async send(target: Target, messages: readonly Outgoing[], careful = false): Promise<void> {
    if (this.way === 'MULTIAPPEND, LITERAL+' && !messages.some(({ body }) => body.length === 0)) {
      await this.#batch(target, messages, careful);
    } else {
      // All are waited for, also behind a refusal: an answer that came after the pass would find nobody.
      const sent = await Promise.allSettled(messages.map((message) => this.#batch(target, [message], careful)));
      for (const one of sent) if (one.status === 'rejected') throw one.reason;
    }
  }

  async #batch(target: Target, messages: readonly Outgoing[], careful: boolean): Promise<void> {
    for (let tries = 1; ; tries++) {
      const appended = await this.#append(target, messages, careful);
      const { answer } = appended;
      if (answer.status === 'OK') {
        this.#refusals.taken();
        const { uids, uidValidity, unreadable } = appended;
        target.onStored(
          messages.map(({ uid }, i) => ({ uid, destination: uids?.[i] ?? null, uidValidity })),
          unreadable,
        );
        return;
      }
      if (this.#ended) return;
      const verdict = this.judge(answer.line, 'APPEND');
      // A server without LITERAL+'s promise may have read the rest of the batch as commands.
      if (answer.status === 'BAD' && !careful && this.writers[0]!.wire.literals !== 'sync') {
        throw this.#outOfStep(messages, answer.line);
      }
      if (answer.code === 'TRYCREATE' || verdict.next === 'create-folder') {
        if (tries === 1 && (await target.create())) continue;
        throw new FolderRefused(verdict, 'APPEND', answer.line);
      }
      return this.#refused(target, messages, careful, { line: answer.line, verdict });
    }
  }

  async #append(target: Target, messages: readonly Outgoing[], careful: boolean): Promise<Appended> {
    const writer = this.#leastBusy();
    target.floor.sent(writer);
    // A lost line leaves the command unanswered for the floor: what it stored is the tail.
    const appended = await append(this.writers[writer]!, target.wire, messages, careful ? 'sync' : undefined);
    const { uids } = appended;
    target.floor.answered(writer, uids ? uids.reduce((a, b) => Math.max(a, b), 0) : null);
    return appended;
  }

  #leastBusy(): number {
    let least = 0;
    for (let i = 1; i < this.writers.length; i++) {
      if (this.writers[i]!.wire.inFlight < this.writers[least]!.wire.inFlight) least = i;
    }
    return least;
  }

  async #refused(
    target: Target,
    messages: readonly Outgoing[],
    careful: boolean,
    { line, verdict }: Pick<RefusedAlone, 'line' | 'verdict'>,
  ): Promise<void> {
    if (verdict.kind === 'folder') throw new FolderRefused(verdict, 'APPEND', line);
    if (verdict.scope !== 'message' && verdict.kind !== 'quota') {
      this.#ended = true;
      throw new Refused('destination', 'APPEND', line, target.wire);
    }
    const [first] = messages;
    if (messages.length === 1 && first) {
      // A keyword is worth less than its message: without keywords there is nothing left to give up.
      const plain = REFUSED_FOR_FLAGS.has(verdict.rule) ? withoutKeywords(first) : null;
      if (plain) return this.#batch(notingKeywords(target, plain), [plain], careful);
      target.onRefused({ uid: first.uid, line, verdict });
      return this.#count(verdict, line);
    }
    // Halving what a full mailbox refused finds no offender: one after the other, smaller ones may still fit.
    const parts = verdict.kind === 'quota' ? messages.map((message) => [message]) : halves(messages);
    for (const part of parts) if (!this.#ended) await this.#batch(target, part, false);
  }

  #count(verdict: Verdict, line: string): void {
    try {
      this.#refusals.refused(verdict, line);
    } catch (tooMany) {
      this.#ended = true;
      throw tooMany;
    }
  }

  #outOfStep(messages: readonly Outgoing[], line: string): OutOfStep {
    this.#ended = true;
    for (const { wire } of this.writers) wire.drop(new Error(line));
    return new OutOfStep(
      line,
      messages.map(({ uid }) => uid),
    );
  }
}

function halves<T>(items: readonly T[]): readonly (readonly T[])[] {
  const middle = items.length >> 1;
  return [items.slice(0, middle), items.slice(middle)];
}

/** Rules of the classifier by which an APPEND was refused for its flags. */
const REFUSED_FOR_FLAGS: ReadonlySet<string> = new Set(['write-flag', 'cannot-flag', 'limit-flags']);

/** The message with its system flags alone (RFC 9051 section 2.3.2); null where it has no others. */
function withoutKeywords(message: Outgoing): Outgoing | null {
  const flags = message.flags.filter((flag) => flag.startsWith('\\'));
  return flags.length < message.flags.length ? { ...message, flags } : null;
}

function notingKeywords(target: Target, { uid, flags }: Outgoing): Target {
  return {
    ...target,
    onStored: (stored, unreadable) => {
      target.onKeywordsDropped(uid, flags);
      target.onStored(stored, unreadable);
    },
  };
}
