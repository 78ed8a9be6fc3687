import type { Correction } from '../words/correction.js';
import type { ActionRequest, Selection } from '../words/decision.js';
import type { Side } from '../words/side.js';
import type { Kind, Verdict } from '../words/verdict.js';

/**
 * What the engine publishes and what it can be told: plain data, the same over the socket, in
 * `--json` lines and in one process. Texts of servers in it are sanitised already.
 */
export const PROTOCOL_VERSION = 2;

/** Lines of the log that a console can ask for. */
export const LINES_KEPT = 4000;

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
  /**
   * It went through all its folders, and its account does not balance.
   * `left`: messages that are known to be missing at the destination; 0 where nobody can count them.
   */
  | { readonly kind: 'incomplete'; readonly at: Instant; readonly left: number; readonly because: string }
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
  incomplete: 0,
  completed: 0,
};

/** It went through all its folders to their end, whatever is missing. */
export function isThrough({ state }: { readonly state: Pick<MailboxState, 'kind'> }): boolean {
  return state.kind === 'synced' || state.kind === 'incomplete' || state.kind === 'completed';
}

/** All that the source holds is accounted for: nothing is left that nobody copied, entered or skipped. */
export function isInStep(mailbox: {
  readonly state: Pick<MailboxState, 'kind'>;
  readonly counts: Pick<Counts, 'left'>;
}): boolean {
  return isThrough(mailbox) && mailbox.state.kind !== 'incomplete' && mailbox.counts.left === 0;
}

/**
 * It does not go on without its operator: it is held, asks for a password, has waited so long that the operator should
 * ask the provider, went through without balancing, or holds second copies at the destination that wait for an order.
 * While it is moving, its second copies wait for the end of the pass, which may find that they are gone.
 */
export function needsOperator(
  mailbox: Pick<MailboxEntity, 'state' | 'counts' | 'asksPassword' | 'provider' | 'doubled'>,
): boolean {
  const { state, asksPassword, provider, doubled } = mailbox;
  if (isThrough(mailbox)) return doubled > 0 || !isInStep(mailbox);
  if (state.kind === 'held' || asksPassword !== null || provider !== null) return true;
  return doubled > 0 && !isMoving(state.kind);
}

/** Its connections are open, or about to be. */
export function isMoving(kind: MailboxState['kind']): boolean {
  return kind === 'connecting' || kind === 'scanning' || kind === 'copying' || kind === 'verifying';
}

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
  /** Bytes of total, and of copied, in whichever run. */
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
  /** Second copies at the destination that wait for the operator. */
  readonly doubled: number;
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
  /** After an hour in one state: what the operator may send to the provider. */
  readonly provider: ProviderEntity | null;
}

/** A letter to a provider, ready to be copied. */
export interface ProviderEntity {
  /** Of the first failure. */
  readonly since: Instant;
  /** Mailbox, server, times in UTC, the exact response, a question. Several lines. */
  readonly text: string;
}

/** `waiting`: nothing is left to do but what needs an operator; it ends when none is there any more. */
export type BatchState = 'running' | 'waiting' | 'paused' | 'draining' | 'stopped' | 'ended';

/** How one server bears the night. */
export interface EndpointEntity {
  /** As a URL without a user. */
  readonly name: string;
  /** What the server calls itself, or ''. */
  readonly software: string;
  readonly connections: number;
  /** How many this engine asks it for at most, now. */
  readonly allowed: number;
  /** The server asked for patience until then; null: it did not. */
  readonly throttledUntil: Instant | null;
  /** Three mailboxes, or all there are, could not reach it, and the last of them tries again then; null: it can be reached. */
  readonly unreachableUntil: Instant | null;
  /** Several mailboxes met what concerns them all: none connects before then, and then one tries. */
  readonly circuit: { readonly until: Instant; readonly because: string } | null;
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
  /** Mailboxes that need the operator, as {@link needsOperator} says. */
  readonly needs: number;
  readonly counts: Counts;
  /** Messages in all, mailboxes that nobody looked into yet taken for ones like the others; `counts.total` once all were looked into. */
  readonly expected: number;
  readonly errors: number;
  /** Id of the last decision: a console that knows another one asks again. */
  readonly decided: number;
  readonly rate: Rate;
  /** Messages a second, one number for each 10 s of the last 10 minutes, oldest first. */
  readonly trend: readonly number[];
  readonly eta: Instant | null;
  readonly endpoints: Readonly<Record<Side, EndpointEntity>>;
  /** Seconds between first starts. */
  readonly stagger: { readonly min: number; readonly max: number };
  readonly concurrency: number;
  /** Hours in which mailboxes may be at work, in minutes of the day, UTC; null: always. */
  readonly window: { readonly from: number; readonly to: number } | null;
  /** The window opens then; null: it is open. */
  readonly closedUntil: Instant | null;
}

/** One cause of failure in one place of one mailbox. */
export interface ErrorEntryEntity {
  /** Names the entry in a {@link Selection}. */
  readonly id: string;
  readonly mailbox: string;
  readonly side: Side;
  readonly command: string;
  readonly folder: string | null;
  /** Open ones; 2,000 characters at most. */
  readonly uids: string;
  /** UIDs at the destination that it is about: second copies, cut as `uids` are; '' for any other entry. */
  readonly destinationUids: string;
  /** Second copies that it is about; 0 for any other entry. */
  readonly doubled: number;
  readonly count: number;
  /** UIDs of it that an operator's decision left out. */
  readonly skipped: number;
  /** A failure of no message that the operator accepted. */
  readonly accepted: boolean;
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
  /** Names the group in a {@link Selection}. */
  readonly key: string;
  readonly code: string | null;
  readonly kind: Verdict['kind'];
  /**
   * `open`: something is left to do. `skipped`: operators left all of it out. `settled`: a note; the messages
   * are at the destination, changed; nothing is left to do.
   */
  readonly standing: 'open' | 'skipped' | 'settled';
  /** Null: of both. */
  readonly side: Side | null;
  /** Open messages. */
  readonly messages: number;
  /** Open failures of no message; of a group that was skipped whole those that were accepted. */
  readonly failures: number;
  /** Messages that were left out by decision. */
  readonly skipped: number;
  /** Second copies at the destination that its failures are about. */
  readonly doubled: number;
  readonly mailboxes: number;
  /** How often it happened: one number for each half hour since `trendFrom`, 48 at most, oldest first. */
  readonly trend: readonly number[];
  readonly trendFrom: Instant;
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
  /** UIDs at the destination that it is about: second copies; '' for any other failure. */
  readonly destinationUids: string;
  readonly response: string;
  readonly verdict: Verdict;
}

/** Part of what an order is about, to be seen before it is given. */
export interface ScopeSample {
  readonly mailbox: string;
  readonly folder: string | null;
  /** A set of UIDs, 200 characters at most. */
  readonly uids: string;
  readonly count: number;
}

/** What an order would do: frozen, so that what is shown is what is done. */
export interface DecisionPreview {
  readonly id: string;
  readonly action: ActionRequest;
  /** What was selected, in words. */
  readonly about: string;
  readonly uids: number;
  /** Failures of no message among them. */
  readonly failures: number;
  readonly mailboxes: number;
  readonly folders: number;
  /** Of `try-first`: those that go first. */
  readonly first: readonly ScopeSample[];
  readonly firstCount: number;
  /** Ten at most. */
  readonly samples: readonly ScopeSample[];
  /** Mailboxes that are held and would go on. */
  readonly releases: readonly string[];
  /** What an operator should know first, a sentence each. */
  readonly warnings: readonly string[];
}

/** What an operator decided, and what came of it. */
export interface DecisionEntity {
  readonly id: number;
  readonly at: Instant;
  readonly by: string;
  /** One line: `skip 131 UIDs of OVERQUOTA in 2 mailboxes: too old`. */
  readonly text: string;
  readonly do: ActionRequest['do'] | 'quarantine' | 'undo';
  readonly uids: number;
  readonly mailboxes: number;
  /** `2 of 3 mailboxes tried, 5 UIDs failed again`, or what it waits for. */
  readonly standing: string;
  readonly undoable: boolean;
}

/** What one message says of itself; shown, never stored. */
export interface MessageLook {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly date: string;
  readonly messageId: string;
  /** Bytes. */
  readonly size: number;
  readonly flags: readonly string[];
  readonly internalDate: string;
}

/** One line of "since you last looked", what needs the operator first. */
export interface MorningLine {
  /** `ask`: it waits for the operator. `lost`, `new`: it failed. `good`: it went well. */
  readonly tone: 'ask' | 'new' | 'good';
  readonly text: string;
  /** Where one key leads. */
  readonly leads:
    | { readonly to: 'mailbox'; readonly mailbox: string }
    | { readonly to: 'group'; readonly group: string }
    | { readonly to: 'decisions' }
    | { readonly to: 'night' };
}

export interface Morning {
  /** When an operator last looked; the start of the batch where none did. */
  readonly since: Instant;
  readonly lines: readonly MorningLine[];
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
  | { readonly do: 'window'; readonly window: { readonly from: number; readonly to: number } | null }
  /**
   * Answers a mailbox that asks for a password; it logs in with it at once. One login for many mailboxes is
   * answered for all of them. Kept in the engine's memory only: no log, no event and no other console gets it.
   */
  | { readonly do: 'password'; readonly mailbox: string; readonly side: Side; readonly secret: string }
  /** Groups of what is open, of what was skipped, and notes. Filter as in {@link Selection}. */
  | {
      readonly do: 'errors';
      readonly mailbox: string | null;
      readonly filter?: string;
      readonly by?: 'code' | 'kind';
      /** As in {@link Selection}. */
      readonly entries?: readonly string[] | null;
      readonly uids?: string | null;
    }
  /** What an order would do; it is kept for `decide`. */
  | { readonly do: 'preview'; readonly action: ActionRequest; readonly selection: Selection }
  /** Does what was previewed. @param by  who decides, as they call themselves */
  | { readonly do: 'decide'; readonly preview: string; readonly by: string }
  | { readonly do: 'undo'; readonly decision: number; readonly by: string }
  | { readonly do: 'decisions' }
  /** Reads responses like that of this entry as of another kind, from now on. */
  | { readonly do: 'correct'; readonly entry: string; readonly kind: Kind; readonly by: string }
  | { readonly do: 'uncorrect'; readonly id: string; readonly by: string }
  /** Looks at one message at the source. Shown to this console only, never kept. */
  | { readonly do: 'message'; readonly mailbox: string; readonly folder: string; readonly uid: number }
  /** Writes one message into a file of the machine that the engine runs on; an existing file is refused. */
  | {
      readonly do: 'save-message';
      readonly mailbox: string;
      readonly folder: string;
      readonly uid: number;
      readonly path: string;
    }
  /** Writes what is selected into a file; an existing one is refused. */
  | { readonly do: 'export'; readonly selection: Selection; readonly format: 'csv' | 'json'; readonly path: string }
  /** What happened since an operator last looked. */
  | { readonly do: 'morning' }
  /** An operator has looked. */
  | { readonly do: 'looked'; readonly by: string }
  /** The last lines of the log, oldest first. */
  | { readonly do: 'log'; readonly lines: number };

export type EngineAnswer =
  | {
      readonly ok: true;
      readonly status?: Status;
      readonly errors?: readonly ErrorGroupEntity[];
      readonly preview?: DecisionPreview;
      readonly decision?: DecisionEntity;
      readonly decisions?: readonly DecisionEntity[];
      readonly corrections?: readonly Correction[];
      readonly message?: MessageLook;
      /** What was written, for `save-message` and `export`. */
      readonly saved?: { readonly path: string; readonly bytes: number; readonly rows: number };
      readonly morning?: Morning;
      readonly log?: readonly LogLine[];
    }
  | { readonly ok: false; readonly why: string };

/** `nightferry status NAME --json`, from a running engine or from the files. */
export interface Status {
  readonly version: typeof PROTOCOL_VERSION;
  readonly batch: BatchEntity;
  readonly mailboxes: readonly MailboxEntity[];
}
