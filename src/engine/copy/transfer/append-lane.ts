import { OneAtATime } from '../../../store/documents/one-at-a-time.js';
import type { Flight } from '../../../store/ledger/flight.js';
import type { Clock } from '../../../words/clock.js';
import type { Verdict } from '../../../words/verdict.js';
import { type Appended, append, type Outgoing, type Way } from '../../imap/commands/append.js';
import { announcedLimit, limitIn } from '../../imap/commands/message-limit.js';
import { USUAL } from '../../imap/connection/silence-limits.js';
import { Refused } from '../../imap/session/refused.js';
import type { Session } from '../../imap/session/session.js';
import { ReadOnlyFolders } from '../prepare/read-only-folders.js';
import { FolderRefused, OutOfStep } from './append-ends.js';
import { AppendGate } from './append-gate.js';
import type { RefusedAlone, Target } from './append-target.js';
import { RefusalStreak, TooManyRefusals } from './refusal-streak.js';
import { notingKeywords, withoutKeywords } from './without-keywords.js';

type Kept = { readonly target: Target; readonly refused: RefusedAlone };

/** Refusals that stored nothing, after which the next refusals are believed without a look. */
const BELIEVED = 3;

export type Judge = (line: string, command: string) => Verdict;

/**
 * Writes messages into folders of the destination, with many commands in flight.
 *
 * One writer where the server takes literals without a wait; up to three take turns where it
 * does not. A refused batch stored nothing (RFC 3502): it is halved until the offender is alone.
 */
export class AppendLane {
  readonly #refusals = new RefusalStreak('destination', 'APPEND');
  readonly #gate: AppendGate;
  readonly #readOnly = new ReadOnlyFolders();
  readonly #written = new OneAtATime();
  /** Messages that a full mailbox refused, in turn: the first one in the queue fits first. */
  readonly #overQuota = new OneAtATime();
  #write: () => Promise<void> = async () => {};
  /** Chunks that are under way. */
  readonly #work = new Set<Promise<void>>();
  /** Messages that were refused after one too many, and that are not entered yet. */
  #keptBack: { readonly last: Kept; readonly refused: Kept[] } | null = null;
  #doubt: Promise<void> | null = null;
  #ended = false;
  /** Messages that the server takes in one command (MESSAGELIMIT, RFC 9738). */
  #most: number;
  #isOutOfStep = false;
  /** Refusals after which nothing of the command was in the folder. */
  #storedNothing = 0;

  constructor(
    private readonly writers: readonly Session[],
    readonly way: Way,
    private readonly judge: Judge,
    clock: Clock,
  ) {
    this.#gate = new AppendGate(writers, clock);
    this.#most = announcedLimit(writers[0]!.capabilities) ?? Number.POSITIVE_INFINITY;
  }

  /** Milliseconds of silence after which a command is given up, beside those that its bytes need. */
  patience = USUAL;

  /** Connections that were lost with messages under way: the first of them ends the pass. */
  get lost(): AppendGate['lost'] {
    return this.#gate.lost;
  }

  /** The commands without an answer, to be written down: still under way, or lost with their connection. */
  note(): Flight {
    return this.#gate.note();
  }

  /** @param write puts what {@link note} gives on disk: called before what takes long is sent */
  notedBy(write: () => Promise<void>): void {
    this.#write = write;
  }

  /** A BAD came while literals were sent without waiting. The messages under way then wait for `+` next time. */
  get isOutOfStep(): boolean {
    return this.#isOutOfStep;
  }

  /** Sends nothing more. Callers that wait for room get this thrown. */
  end(why: unknown): void {
    this.#gate.end(why);
  }

  /**
   * Sends messages, and reports each to the target as stored or refused. A message that is not reported
   * may or may not be stored.
   *
   * @param careful the message was under way when a connection was lost, or in a BAD, before: its literal waits for `+`
   * @throws ConnectionLost         outcomes unknown
   * @throws Refused          a verdict for the mailbox or the endpoint: nothing of this batch was stored
   * @throws FolderRefused, TooManyRefusals, OutOfStep
   */
  async send(target: Target, messages: readonly Outgoing[], careful = false): Promise<void> {
    const work = this.#send(target, messages, careful);
    this.#work.add(work);
    try {
      await work;
    } finally {
      this.#work.delete(work);
    }
    // Messages that were kept back are counted as they are entered, so a long row of refusals raises the doubt again.
    while (this.#keptBack && !this.#ended) {
      this.#doubt ??= this.#settleDoubt().finally(() => {
        this.#doubt = null;
      });
      await this.#doubt;
    }
  }

  async #send(target: Target, messages: readonly Outgoing[], careful: boolean): Promise<void> {
    const together =
      !careful && this.way === 'MULTIAPPEND, LITERAL+' && !messages.some(({ body }) => body.length === 0);
    const commands: Promise<void>[] = [];
    let refused = false;
    await this.#written
      .run(async () => {
        for (let at = 0; at < messages.length && !refused && !this.#ended; ) {
          const rest = messages.slice(at);
          const count = await this.#gate.room(rest, together ? Math.min(rest.length, this.#most) : 1);
          const next = rest.slice(0, count);
          await this.#gate.announce(next, this.#write);
          const command = this.#batch(target, next, careful);
          command.catch(() => {
            refused = true;
          });
          commands.push(command);
          at += count;
        }
      })
      .catch((error: unknown) => commands.push(Promise.reject(error)));
    // All commands are waited for, even after a refusal. An answer that came after the pass would find nobody.
    for (const one of await Promise.allSettled(commands)) if (one.status === 'rejected') throw one.reason;
  }

  /** Sends one message by itself, and enters nothing where it is refused. @returns whether it was taken */
  async isTaken(target: Target, message: Outgoing): Promise<boolean> {
    const appended = await this.#append(target, [message], true);
    if (appended.answer.status === 'OK') this.#stored(target, [message], appended);
    return appended.answer.status === 'OK';
  }

  #stored(target: Target, messages: readonly Outgoing[], { uids, uidValidity, unreadable }: Appended): void {
    this.#othersPass();
    target.onStored(
      messages.map(({ uid }, i) => ({ uid, destination: uids?.[i] ?? null, uidValidity })),
      unreadable,
    );
  }

  async #batch(target: Target, messages: readonly Outgoing[], careful: boolean): Promise<void> {
    for (let tries = 1; ; tries++) {
      const appended = await this.#append(target, messages, careful);
      const { answer } = appended;
      if (answer.status === 'OK') {
        this.#stored(target, messages, appended);
        return;
      }
      if (this.#ended) return;
      this.#most = Math.min(this.#most, limitIn(answer)?.most ?? this.#most);
      const verdict = this.judge(answer.line, 'APPEND');
      // A server that does not promise to keep its LITERAL+ may have read the rest of the batch as commands.
      if (answer.status === 'BAD' && !this.#waits(careful) && this.writers[0]!.wire.literals !== 'sync') {
        throw this.#outOfStep(messages, answer.line);
      }
      if (answer.code === 'TRYCREATE' || verdict.next === 'create-folder') {
        if (tries === 1 && (await target.create())) continue;
        throw new FolderRefused(verdict, 'APPEND', answer.line);
      }
      return this.#refused(target, messages, careful, { line: answer.line, verdict });
    }
  }

  #waits(careful: boolean): boolean {
    return careful || this.way === 'APPEND, literals waited for';
  }

  async #append(target: Target, messages: readonly Outgoing[], careful: boolean): Promise<Appended> {
    const writer = this.#gate.leastBusy();
    target.floor.sent(writer);
    const sent = this.#gate.sent(writer, messages);
    // A dropped connection leaves the command unanswered for the floor and the gate. The tail holds whatever it stored.
    const appended = await append(this.writers[writer]!, target.wire, messages, target.source, {
      literals: this.#waits(careful) ? 'sync' : undefined,
      patience: this.#gate.patience(writer, this.patience),
    }).catch(sent.failed);
    sent.answered();
    if (appended.answer.status === 'OK') target.floor.answered(writer, appended.uids);
    else target.floor.refused(writer);
    return appended;
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
      const readOnly = await this.#readOnly.explains(target, first.uid, line);
      if (readOnly !== null) {
        this.#ended = true;
        throw new Refused('destination', 'APPEND', readOnly, target.wire);
      }
      // A message is worth more than its keywords. Without keywords there is nothing left to give up.
      const plain = verdict.advice.key === 'flags' ? withoutKeywords(first) : null;
      if (plain && (await this.#notStored(target, messages)).length > 0)
        return this.#batch(notingKeywords(target, plain), [plain], careful);
      if (plain) return;
      return this.#enter(target, { uid: first.uid, line, verdict });
    }
    const left = await this.#notStored(target, messages);
    // Halving a batch that a full mailbox refused finds no offender. The messages are tried one after the other:
    // smaller ones may still fit.
    if (verdict.kind === 'quota') {
      return this.#overQuota.run(() =>
        this.#apart(
          target,
          left.map((message) => [message]),
        ),
      );
    }
    return this.#apart(target, halves(left));
  }

  /**
   * Looks which messages of a refused command are not in the folder. A refused command should store nothing, but some
   * servers store a part of it, or all of it.
   */
  async #notStored(target: Target, messages: readonly Outgoing[]): Promise<readonly Outgoing[]> {
    if (this.#storedNothing >= BELIEVED) return messages;
    const stored = await target.storedAnyway(messages.map(({ uid }) => uid));
    if (stored.isEmpty) this.#storedNothing++;
    return messages.filter(({ uid }) => !stored.has(uid));
  }

  async #apart(target: Target, parts: readonly (readonly Outgoing[])[]): Promise<void> {
    for (const part of parts) if (!this.#ended && part.length > 0) await this.#batch(target, part, false);
  }

  /**
   * Enters a message that was refused alone. After one too many in a row the next ones are kept back. Neighbours in a
   * folder may all be bad, so messages that are under way or lie further behind are tried first.
   */
  #enter(target: Target, refused: RefusedAlone): void {
    if (this.#keptBack) {
      this.#keptBack.refused.push({ target, refused });
      return;
    }
    const { verdict, line } = refused;
    target.onRefused(refused);
    if (!this.#refusals.isOneTooMany(verdict)) return;
    if (verdict.kind !== 'quota') this.#keptBack = { last: { target, refused }, refused: [] };
    else throw this.#tooMany(verdict, line);
  }

  #tooMany(verdict: Verdict, line: string): TooManyRefusals {
    this.#ended = true;
    return new TooManyRefusals('destination', 'APPEND', verdict, line);
  }

  /** @throws TooManyRefusals  where nothing else is taken either */
  async #settleDoubt(): Promise<void> {
    await Promise.allSettled([...this.#work]);
    if (!this.#keptBack || this.#ended) return;
    const { target, refused } = this.#keptBack.last;
    const pass = await target.othersPass(refused.uid);
    if (pass) this.#othersPass();
    else throw this.#tooMany(refused.verdict, refused.line);
  }

  /** Another message is taken, so each refusal is about its own message. */
  #othersPass(): void {
    const { refused = [] } = this.#keptBack ?? {};
    this.#keptBack = null;
    this.#refusals.taken();
    for (const one of refused) this.#enter(one.target, one.refused);
  }

  #outOfStep(messages: readonly Outgoing[], line: string): OutOfStep {
    this.#ended = true;
    this.#isOutOfStep = true;
    for (const { wire } of this.writers) wire.drop(new Error(line));
    return new OutOfStep(
      line,
      messages.map(({ uid }) => uid),
    );
  }
}

const halves = <T>(items: readonly T[]) => [items.slice(0, items.length >> 1), items.slice(items.length >> 1)];
