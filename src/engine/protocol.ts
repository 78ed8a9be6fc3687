import type { Side } from '../words/side.js';
import type { Verdict } from '../words/verdict.js';

/**
 * What the engine publishes and what it can be told: plain data, the same over the socket, in
 * `--json` lines and in one process. Texts of servers in it are sanitised already.
 */
export const PROTOCOL_VERSION = 1;

/** Milliseconds since the epoch. */
export type Instant = number;

export type MailboxState =
  | { readonly kind: 'queued'; readonly startsAt: Instant | null; readonly why: string }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'scanning' }
  | { readonly kind: 'copying' }
  | { readonly kind: 'verifying' }
  | { readonly kind: 'backing-off'; readonly until: Instant; readonly because: string }
  | { readonly kind: 'held'; readonly because: string; readonly asks: string }
  | { readonly kind: 'paused' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'synced'; readonly at: Instant }
  | { readonly kind: 'completed'; readonly at: Instant };

/** How many mailboxes stand in each state, before any is counted. */
export const NO_STATES: Readonly<Record<MailboxState['kind'], 0>> = {
  queued: 0,
  connecting: 0,
  scanning: 0,
  copying: 0,
  verifying: 0,
  'backing-off': 0,
  held: 0,
  paused: 0,
  stopped: 0,
  synced: 0,
  completed: 0,
};

/** Messages by what became of them, counted once each. `left` is what is still to be settled. */
export interface Counts {
  readonly total: number;
  readonly copied: number;
  /** Found at the destination already, and proven equal. */
  readonly matched: number;
  readonly skipped: number;
  readonly failed: number;
  readonly vanished: number;
  readonly left: number;
  /** Bytes of total, and of copied in this run. */
  readonly bytesTotal: number;
  readonly bytesCopied: number;
}

export const NO_COUNTS: Counts = {
  total: 0,
  copied: 0,
  matched: 0,
  skipped: 0,
  failed: 0,
  vanished: 0,
  left: 0,
  bytesTotal: 0,
  bytesCopied: 0,
};

export interface FolderEntity {
  readonly source: string;
  readonly destination: string;
  readonly counts: Counts;
  /** How the destination was written to: `MULTIAPPEND, LITERAL+`, ... */
  readonly way: string | null;
}

/** Per second, over the last ten. */
export interface Rate {
  readonly messages: number;
  readonly bytes: number;
}

export const NO_RATE: Rate = { messages: 0, bytes: 0 };

/** A state that a mailbox was in, from when, and why. */
export interface StateChange {
  readonly at: Instant;
  readonly kind: MailboxState['kind'];
  readonly because: string;
}

/** What one side of a mailbox is doing. */
export interface LineEntity {
  readonly connections: number;
  /** The oldest command without an answer, and how many are in flight; null between commands. */
  readonly command: string | null;
  readonly inFlight: number;
}

export const NO_LINE: LineEntity = { connections: 0, command: null, inFlight: 0 };

export interface MailboxEntity {
  readonly id: string;
  readonly email: string;
  readonly state: MailboxState;
  readonly folder: string | null;
  readonly counts: Counts;
  readonly folders: readonly FolderEntity[];
  readonly errors: number;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly attempts: number;
  readonly rate: Rate;
  /** When it will be done at this rate; null where nothing moves. */
  readonly eta: Instant | null;
  readonly lines: Readonly<Record<Side, LineEntity>>;
  /** Its last states, oldest first, 20 at most. */
  readonly history: readonly StateChange[];
  /** The side whose password, answered by a console, would let it go on; null: no password is asked for. */
  readonly asksPassword: Side | null;
  /** Last response line of either server that was not plain success. */
  readonly lastResponse: { readonly side: Side; readonly text: string; readonly at: Instant } | null;
}

export type BatchState = 'running' | 'paused' | 'draining' | 'stopped' | 'ended';

/** How one server bears the night. */
export interface EndpointEntity {
  /** As a URL without a user. */
  readonly name: string;
  /** What the server calls itself, or ''. */
  readonly software: string;
  readonly connections: number;
  /** How many this engine would open at most. */
  readonly allowed: number;
  /** The server asked for patience until then; null: it did not. */
  readonly throttledUntil: Instant | null;
  /** It could not be reached, and no mailbox tries before then; null: it can. */
  readonly unreachableUntil: Instant | null;
}

export interface BatchEntity {
  readonly name: string;
  readonly state: BatchState;
  readonly startedAt: Instant;
  readonly now: Instant;
  readonly source: string;
  readonly destination: string;
  readonly mailboxes: number;
  readonly byState: Readonly<Record<MailboxState['kind'], number>>;
  readonly counts: Counts;
  readonly errors: number;
  readonly rate: Rate;
  /** Messages a second, one number for each 10 s of the last 10 minutes, oldest first. */
  readonly trend: readonly number[];
  readonly eta: Instant | null;
  readonly endpoints: Readonly<Record<Side, EndpointEntity>>;
  /** Seconds between first starts. */
  readonly stagger: { readonly min: number; readonly max: number };
  readonly concurrency: number;
}

/** One cause of failure in one place of one mailbox. */
export interface ErrorEntryEntity {
  readonly mailbox: string;
  readonly side: Side;
  readonly command: string;
  readonly folder: string | null;
  readonly uids: string;
  readonly count: number;
  /** How often the UID that was tried most was tried. */
  readonly attempts: number;
  readonly times: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** The full response of a sample. */
  readonly response: string;
  readonly verdict: Verdict;
  /** Messages whose last response differs from the sample: 100 at most. */
  readonly own: readonly { readonly uid: number; readonly response: string }[];
}

/** Failures by response code, or by kind where responses carry none. */
export interface ErrorGroupEntity {
  readonly code: string | null;
  readonly kind: Verdict['kind'];
  /** `settled`: a note. The messages are at the destination, changed; nothing is left to do. */
  readonly standing: 'open' | 'settled';
  readonly messages: number;
  readonly mailboxes: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** How many entries there are; fewer may be sent. */
  readonly size: number;
  /** Most messages first; 500 at most. */
  readonly entries: readonly ErrorEntryEntity[];
}

export interface LogLine {
  readonly at: Instant;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Mailbox's email, or null for the batch. */
  readonly mailbox: string | null;
  readonly side: Side | null;
  readonly folder: string | null;
  readonly text: string;
}

/** A failure, as it is entered in the error ledger. */
export interface FailureLine {
  readonly at: Instant;
  readonly mailbox: string;
  readonly side: Side;
  readonly command: string;
  readonly folder: string | null;
  readonly uids: string;
  readonly count: number;
  readonly response: string;
  readonly verdict: Verdict;
}

export type EngineEvent =
  | { readonly type: 'batch'; readonly batch: BatchEntity }
  | { readonly type: 'mailbox'; readonly mailbox: MailboxEntity }
  | { readonly type: 'failure'; readonly failure: FailureLine }
  | { readonly type: 'log'; readonly line: LogLine }
  | { readonly type: 'end'; readonly exitCode: number; readonly batch: BatchEntity };

export type EngineCommand =
  | { readonly do: 'status' }
  /** Stop the whole batch or one mailbox: `drain` ends what is in flight, `now` drops the lines. */
  | { readonly do: 'stop'; readonly how: 'drain' | 'now'; readonly mailbox: string | null }
  /** What is in flight is settled and the lines are closed, until `continue`. Null: the whole batch. */
  | { readonly do: 'pause'; readonly mailbox: string | null }
  | { readonly do: 'continue'; readonly mailbox: string | null }
  /** Starts a waiting or resting mailbox now; one that is held tries again. */
  | { readonly do: 'start'; readonly mailbox: string }
  | { readonly do: 'postpone'; readonly mailbox: string; readonly seconds: number }
  | { readonly do: 'stagger'; readonly min: number; readonly max: number }
  | { readonly do: 'concurrency'; readonly most: number }
  /**
   * Answers a mailbox that asks for a password; it logs in with it at once. One login for many mailboxes is
   * answered for all of them. Kept in the engine's memory only: no log, no event and no other console gets it.
   */
  | { readonly do: 'password'; readonly mailbox: string; readonly side: Side; readonly secret: string }
  | { readonly do: 'errors'; readonly mailbox: string | null }
  /** The last lines of the log, oldest first. */
  | { readonly do: 'log'; readonly lines: number };

export type EngineAnswer =
  | {
      readonly ok: true;
      readonly status?: Status;
      readonly errors?: readonly ErrorGroupEntity[];
      readonly log?: readonly LogLine[];
    }
  | { readonly ok: false; readonly why: string };

/** `nightferry status NAME --json`, from a running engine or from the files. */
export interface Status {
  readonly version: typeof PROTOCOL_VERSION;
  readonly batch: BatchEntity;
  readonly mailboxes: readonly MailboxEntity[];
}
