import type { LiteralWay, Piece } from '../grammar/piece.js';
import type { Announced, Response } from '../grammar/response-reader.js';
import type { ConnectionLost } from './connection-lost.js';
import type { About, Unanswered } from './loss.js';
import type { Tagged } from './tagged.js';

type Kind = 'an opening' | 'a message' | 'a reading' | 'another';

/** The place of a command when it was sent: its kind, and the kind of the commands that were still unanswered. */
export type Place = `${Kind} behind ${Kind}`;
export type Behind = 'nothing' | Place;

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['EXAMINE', 'an opening'],
  ['SELECT', 'an opening'],
  ['APPEND', 'a message'],
  ['UID FETCH', 'a reading'],
  ['UID SEARCH', 'a reading'],
]);
const kindOf = (name: string): Kind => KINDS.get(name) ?? 'another';
/** The kinds of unanswered commands, the one that counts first. */
const FIRST: readonly Kind[] = ['an opening', 'a message', 'a reading'];

/** Whether a command is one of those with which every session begins. None of them takes a server long. */
export function isOfFirstFlight(name: string): boolean {
  return FIRST_FLIGHT.has(name);
}

const FIRST_FLIGHT: ReadonlySet<string> = new Set(['ID', 'NAMESPACE', 'LIST', 'LSUB', 'STATUS']);

/** Told of untagged data.  @returns whether it was this command's */
export type OnData = (response: Response) => boolean;

/** Callbacks while a command runs. Both are called before any later response is looked at. */
export interface Listener {
  readonly onData?: OnData | undefined;
  readonly onAnswer?: ((answer: Tagged) => void) | undefined;
  /** How literals are sent for this command, if not as for the connection. */
  readonly literals?: LiteralWay | undefined;
  /**
   * A literal of a response begins, and no older command took it for its own: a server may send rows of the next
   * commands before the answer to this one (RFC 9051 section 5.5).
   *
   * @returns a promise where it must wait for room; null: read on; `another's`: the next command is asked
   * @throws OversizedResponse where it must not be read
   */
  readonly onLiteral?: ((announced: Announced) => Promise<unknown> | null | "another's") | undefined;
  /** The messages to suspect if the connection is lost before the answer comes. */
  readonly about?: About | undefined;
  /** Milliseconds of silence after which the connection is given up, if fewer than for any command. */
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
  readonly reject: (error: ConnectionLost) => void;
  readonly turn: NonNullable<Listener['turn']>;
  /** When its first byte was written; null: it waits for its turn. */
  sentAt: number | null;
  /** Bytes that had been written to the connection before its first one. */
  sentFrom: number | null;
  /** Whether untagged data of its own came. */
  isBegun: boolean;
  /** The command that had no answer when this one was written. */
  behind: Behind;
  /** The command that would have had no answer, had this one not waited for its turn. */
  spared: Behind;
  /** Set while the command waits for `+`; called with true to go on. */
  goOn: ((granted: boolean) => void) | null;
}

/** Makes a command that waits for its turn to be written. */
export function newCommand(command: Pick<Pending, 'name' | 'pieces' | 'listener' | 'resolve' | 'reject'>): Pending {
  const turn = command.listener.turn ?? 'in flight';
  const fresh = {
    sentAt: null,
    sentFrom: null,
    isBegun: false,
    behind: 'nothing',
    spared: 'nothing',
    goOn: null,
  } as const;
  return { ...command, turn, ...fresh };
}

/**
 * The folder that may be to blame where a connection breaks. For a message that is sent there is none, because others
 * went into its folder before.
 */
export function folderOf({ name, listener }: Pending): string | null {
  return name === 'APPEND' ? null : (listener.about?.folder ?? null);
}

/** Commands without an answer, in the order in which they were given. */
export class PendingCommands {
  readonly #byTag = new Map<string, Pending>();
  /** How many are written and not answered. */
  #sent = 0;
  readonly #sentOf = new Map<Kind, number>();
  #onQuiet: (() => void) | null = null;

  get size(): number {
    return this.#byTag.size;
  }

  get oldest(): Pending | null {
    const [oldest] = this.#byTag.values();
    return oldest ?? null;
  }

  /** The folder of the oldest command that copies messages; null: none does. */
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
    pending.behind = this.placeOf(pending);
    pending.sentAt = now;
    this.#sent++;
    this.#countOf(pending, 1);
  }

  /** The place of a command that is sent now. */
  placeOf({ name }: Pending): Behind {
    if (this.#sent === 0) return 'nothing';
    // Counted, not looked up: a mailbox of 100,000 folders has as many commands without an answer.
    return `${kindOf(name)} behind ${FIRST.find((kind) => (this.#sentOf.get(kind) ?? 0) > 0) ?? 'another'}`;
  }

  /** The places of commands that have no answer, in the order in which they were written. */
  get places(): readonly Place[] {
    const places = new Set<Place>();
    for (const { behind, sentAt } of this.values()) if (sentAt !== null && behind !== 'nothing') places.add(behind);
    return [...places];
  }

  /** The first folder that a command without an answer is about, without messages on their way into one; null: none. */
  get folder(): string | null {
    for (const command of this.values()) {
      const folder = command.sentAt === null ? null : folderOf(command);
      if (folder !== null) return folder;
    }
    return null;
  }

  take(tag: string): Pending | undefined {
    const pending = this.#byTag.get(tag);
    if (!pending) return undefined;
    this.#byTag.delete(tag);
    if (pending.sentAt === null) return pending;
    this.#countOf(pending, -1);
    if (--this.#sent === 0) this.#quiet();
    return pending;
  }

  /** Takes all commands: none of them will be answered. */
  clear(): readonly Pending[] {
    const all = [...this.#byTag.values()];
    this.#byTag.clear();
    this.#sent = 0;
    this.#sentOf.clear();
    this.#quiet();
    return all;
  }

  /** Whether everything that was sent is answered. */
  get isQuiet(): boolean {
    return this.#sent === 0;
  }

  /** Resolves when everything that was sent is answered, or the connection is lost. */
  quiet(): Promise<void> {
    if (this.isQuiet) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onQuiet = resolve;
    });
  }

  /** The server is ready for a literal.  @returns whether a command waited for that */
  goOn(): boolean {
    for (const { goOn } of this.values()) {
      if (!goOn) continue;
      goOn(true);
      return true;
    }
    return false;
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

  #countOf({ name }: Pending, change: 1 | -1): void {
    const kind = kindOf(name);
    this.#sentOf.set(kind, (this.#sentOf.get(kind) ?? 0) + change);
  }

  #quiet(): void {
    this.#onQuiet?.();
    this.#onQuiet = null;
  }
}
