import type { LiteralWay, Piece } from '../grammar/piece.js';
import type { Announced, Response } from '../grammar/response-reader.js';
import type { LineLost } from './line-lost.js';
import type { About, Unanswered } from './loss.js';
import type { Tagged } from './tagged.js';

/** The kind of command that was still unanswered when a command was sent. */
export type Behind = 'nothing' | 'an opening' | 'others';

const OPENING: ReadonlySet<string> = new Set(['EXAMINE', 'SELECT']);

/** Told of untagged data; true where it was this command's. */
export type OnData = (response: Response) => boolean;

/** Callbacks while a command runs. Both are called before any later response is looked at. */
export interface Listener {
  readonly onData?: OnData | undefined;
  readonly onAnswer?: ((answer: Tagged) => void) | undefined;
  /** Another way with literals than the connection's, for this command. */
  readonly literals?: LiteralWay | undefined;
  /**
   * A literal of a response begins while this is the oldest command that has such a listener.
   *
   * @returns a promise where it must wait for room; null: read on
   * @throws TooMuch where it must not be read
   */
  readonly onLiteral?: ((announced: Announced) => Promise<unknown> | null) | undefined;
  /** The messages to suspect if the connection is lost before the answer comes. */
  readonly about?: About | undefined;
  /** Another patience than the connection's, in milliseconds of silence. */
  readonly patience?: number | undefined;
  /**
   * `alone`: it is sent when all before it is answered, and nothing follows it before its own answer; `at once`: it
   * waits for no answer, whatever the others do.
   */
  readonly turn?: 'in flight' | 'alone' | 'at once' | undefined;
}

/** A command on its way. */
export interface Pending {
  readonly name: string;
  readonly pieces: readonly Piece[];
  readonly listener: Listener;
  readonly resolve: (answer: Tagged) => void;
  readonly reject: (error: LineLost) => void;
  readonly turn: NonNullable<Listener['turn']>;
  /** When its first byte was written; null while it waits for its turn. */
  sentAt: number | null;
  /** Bytes that had been written before its first one. */
  sentFrom: number | null;
  /** Untagged data of its own came. */
  isBegun: boolean;
  /** It was written while another command had no answer. */
  behind: Behind;
  /** Set while the command waits for `+`; called with true to go on. */
  goOn: ((granted: boolean) => void) | null;
}

/** A command that waits for its turn to be written. */
export function newCommand(command: Pick<Pending, 'name' | 'pieces' | 'listener' | 'resolve' | 'reject'>): Pending {
  const turn = command.listener.turn ?? 'in flight';
  return { ...command, turn, sentAt: null, sentFrom: null, isBegun: false, behind: 'nothing', goOn: null };
}

/** Commands without an answer, in the order in which they were given. */
export class PendingCommands {
  readonly #byTag = new Map<string, Pending>();
  /** Written, and not answered. */
  #sent = 0;
  #onQuiet: (() => void) | null = null;

  get size(): number {
    return this.#byTag.size;
  }

  get oldest(): Pending | null {
    const [oldest] = this.#byTag.values();
    return oldest ?? null;
  }

  /** Folder of the oldest command that copies messages; null: none does. */
  get copying(): string | null {
    for (const { listener, sentAt } of this.values())
      if (sentAt !== null && listener.about?.outstanding?.of === 'copy') return listener.about.folder;
    return null;
  }

  values(): Iterable<Pending> {
    return this.#byTag.values();
  }

  tags(): Iterable<string> {
    return this.#byTag.keys();
  }

  get(tag: string): Pending | undefined {
    return this.#byTag.get(tag);
  }

  add(tag: string, pending: Pending): void {
    this.#byTag.set(tag, pending);
  }

  sending(pending: Pending, now: number): void {
    pending.sentAt = now;
    pending.behind = this.#unansweredKind();
    this.#sent++;
  }

  #unansweredKind(): Behind {
    if (this.#sent === 0) return 'nothing';
    for (const { name, sentAt } of this.values()) if (sentAt !== null && OPENING.has(name)) return 'an opening';
    return 'others';
  }

  take(tag: string): Pending | undefined {
    const pending = this.#byTag.get(tag);
    if (!pending) return undefined;
    this.#byTag.delete(tag);
    if (pending.sentAt !== null && --this.#sent === 0) this.#quiet();
    return pending;
  }

  /** Takes all: none will be answered. */
  clear(): readonly Pending[] {
    const all = [...this.#byTag.values()];
    this.#byTag.clear();
    this.#sent = 0;
    this.#quiet();
    return all;
  }

  /** Nothing that was sent waits for its answer. */
  get isQuiet(): boolean {
    return this.#sent === 0;
  }

  /** Resolves when all that was sent is answered, or the line is lost. */
  quiet(): Promise<void> {
    if (this.isQuiet) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onQuiet = resolve;
    });
  }

  unanswered(now: number): readonly Unanswered[] {
    return [...this.#byTag.values()].flatMap(({ name, listener: { about }, sentAt, isBegun }) => {
      if (sentAt === null) return [];
      const { folder = null, outstanding = null } = about ?? {};
      return [
        { name, folder, uids: outstanding?.uids() ?? null, of: outstanding?.of ?? null, isBegun, waited: now - sentAt },
      ];
    });
  }

  #quiet(): void {
    this.#onQuiet?.();
    this.#onQuiet = null;
  }
}
