import type { Advice } from '../words/advice/advice.js';
import type { Counts } from '../words/counts.js';
import type { DayWindow } from '../words/day-window.js';
import type { Reason } from '../words/reason.js';
import type { Side } from '../words/side.js';
import type { MailboxCause } from './cause.js';
import type { EndpointEntity } from './endpoint-entity.js';
import type { Instant } from './instant.js';

/**
 * Entities that the engine publishes: plain data, the same over the socket, in
 * `--json` lines and in one process. Texts of servers in it are sanitised already.
 */
export const PROTOCOL_VERSION = 2;

export { type Counts, NO_COUNTS } from '../words/counts.js';
export type { Instant } from './instant.js';

export type MailboxState =
  | { readonly kind: 'queued'; readonly startsAt: Instant | null; readonly why: Reason }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'scanning' }
  | { readonly kind: 'copying' }
  | { readonly kind: 'verifying' }
  | { readonly kind: 'backing-off'; readonly until: Instant; readonly because: Reason }
  | { readonly kind: 'held'; readonly because: Reason; readonly asks: Advice }
  | { readonly kind: 'paused' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'synced'; readonly at: Instant }
  /**
   * The mailbox went through all of its folders, and its account does not balance. `left`: messages that are known to
   * be missing at the destination; 0: nobody can count them.
   */
  | { readonly kind: 'incomplete'; readonly at: Instant; readonly left: number; readonly because: Reason }
  | { readonly kind: 'completed'; readonly at: Instant }
  /** An operator decided that nothing of it is tried any more, until that is undone. */
  | { readonly kind: 'given-up'; readonly at: Instant; readonly by: string; readonly reason: string };

/** The number of mailboxes in each state, before any is counted. */
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
  'given-up': 0,
};

/** Whether a mailbox is of another wave than the run, so that only an order starts it. */
export function waitsForWave(state: MailboxState): boolean {
  return state.kind === 'queued' && state.why.key === 'wave';
}

/** Whether a mailbox went through all of its folders to their end, whatever is missing. */
export function isThrough({ state }: { readonly state: Pick<MailboxState, 'kind'> }): boolean {
  return state.kind === 'synced' || state.kind === 'incomplete' || state.kind === 'completed';
}

/**
 * Whether the destination holds everything that the source holds, apart from what an operator left out: nothing is
 * left, and nothing failed.
 */
export function isInStep(mailbox: {
  readonly state: Pick<MailboxState, 'kind'>;
  readonly counts: Pick<Counts, 'left' | 'failed'>;
}): boolean {
  const { left, failed } = mailbox.counts;
  return isThrough(mailbox) && mailbox.state.kind !== 'incomplete' && left === 0 && failed === 0;
}

/**
 * Whether a mailbox needs its operator. It is held, asks for a password, has waited so long that its provider should be
 * asked, has second copies that wait for an order, or went through with something open that nobody has decided about.
 * Messages that an operator accepted or skipped do not count, nor does a mailbox that was given up.
 */
export function needsOperator(
  mailbox: Pick<MailboxEntity, 'state' | 'counts' | 'errors' | 'accepted' | 'asksPassword' | 'provider' | 'doubled'>,
): boolean {
  const { state, counts, errors, accepted, asksPassword, provider, doubled } = mailbox;
  if (state.kind === 'given-up') return false;
  const short = state.kind === 'incomplete' ? Math.max(counts.left, state.left) : counts.left;
  if (isThrough(mailbox)) return errors > 0 || doubled > 0 || short > accepted;
  if (state.kind === 'held' || asksPassword !== null || provider !== null) return true;
  return doubled > 0 && !isMoving(state.kind);
}

/** Whether the connections of a mailbox are open, or about to be. */
export function isMoving(kind: MailboxState['kind']): boolean {
  return kind === 'connecting' || kind === 'scanning' || kind === 'copying' || kind === 'verifying';
}

export interface FolderEntity {
  readonly source: string;
  readonly destination: string;
  readonly counts: Counts;
  /** How the destination was written to: `MULTIAPPEND, LITERAL+`, ... */
  readonly way: string | null;
}

/** Per second, over the last ten. */
export interface Rate {
  /** Messages that were settled. */
  readonly messages: number;
  /** Bytes on the connections of the side on which more move, whatever these are. */
  readonly bytes: number;
}

export const NO_RATE: Rate = { messages: 0, bytes: 0 };

/** The size of a mailbox, as far as it is known before all of it is counted. */
export interface Expected {
  readonly messages: number;
  /** Bytes of `weighed` messages. The sizes of the others are not known yet. */
  readonly bytes: number;
  readonly weighed: number;
  /** `look`: its folders' counters, read while it waited; `pass`: its folders, as they are listed and worked on. */
  readonly by: 'look' | 'pass';
}

/** When something will be done, with the range in which the end lies. */
export interface Eta {
  readonly at: Instant;
  readonly from: Instant;
  readonly to: Instant;
}

/** A large message of which some bytes have moved. */
export interface MessageInTransfer {
  /** `source`: it is being read; `destination`: it is being written. */
  readonly side: Side;
  readonly bytes: number;
  /** 0 to `bytes`; all of them may have moved before the destination answers. */
  readonly moved: number;
  /** Milliseconds until its last byte, at the rate of its side; null: nothing moves. */
  readonly left: number | null;
}

/** A state that a mailbox was in, from when, and why. */
export interface StateChange {
  readonly at: Instant;
  readonly kind: MailboxState['kind'];
  /** Null: the state says everything. */
  readonly because: Reason | null;
}

/** The activity on one side of a mailbox. */
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
  /** Names of its endpoints, where the batch has several; null: it has one a side. */
  readonly servers: Readonly<Record<Side, string>> | null;
  readonly state: MailboxState;
  /** The folder whose messages are under way. */
  readonly folder: string | null;
  /** The largest message that is under way; null: none is large. */
  readonly message: MessageInTransfer | null;
  readonly counts: Counts;
  /** Bytes that are still to be settled. */
  readonly bytesLeft: number;
  /** Null: nobody has looked into the mailbox. */
  readonly expected: Expected | null;
  readonly folders: readonly FolderEntity[];
  readonly errors: number;
  /** Second copies at the destination that wait for the operator. */
  readonly doubled: number;
  /** Messages that are left in folders whose failure an operator accepted. */
  readonly accepted: number;
  /** The trouble that keeps it up, or the open failure that concerns most messages; null: nothing failed, or nobody knows what. */
  readonly cause: MailboxCause | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly attempts: number;
  readonly rate: Rate;
  /** When it will be done at this rate; null: nothing moves. */
  readonly eta: Instant | null;
  readonly lines: Readonly<Record<Side, LineEntity>>;
  /** Its last states, oldest first, 20 at most. */
  readonly history: readonly StateChange[];
  /** The side whose password a console may give, so that the mailbox goes on; null: no password is asked for. */
  readonly asksPassword: Side | null;
  /** Sides where a password that an operator typed was taken, and the plan's was refused or missing. */
  readonly typedPasswords: readonly Side[];
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

/** `waiting`: only what needs an operator is left. The engine ends when no operator is there any more. */
export type BatchState = 'running' | 'waiting' | 'paused' | 'draining' | 'stopped' | 'ended';

export interface BatchEntity {
  readonly name: string;
  readonly state: BatchState;
  /** When the batch began, whatever engines it has had since. */
  readonly startedAt: Instant;
  readonly now: Instant;
  readonly source: string;
  readonly destination: string;
  readonly mailboxes: number;
  readonly byState: Readonly<Record<MailboxState['kind'], number>>;
  /** Mailboxes that need the operator, as {@link needsOperator} says. */
  readonly needs: number;
  /** The sum over the mailboxes. Mailboxes that wait for another wave are not in it, nor in what is expected. */
  readonly counts: Counts;
  /** Bytes that are still to be settled, of mailboxes that were looked into. */
  readonly bytesLeft: number;
  /** Messages that operators decided not to copy: with a folder the failure of which they accepted, or with a whole mailbox. */
  readonly leftOut: { readonly accepted: number; readonly givenUp: number };
  /**
   * Messages in all. Mailboxes that nobody looked into yet are taken for ones like the others; once all were looked
   * into, this is `counts.total`.
   */
  readonly expected: number;
  /** Bytes in all, in the same way; null: no size is known of any. */
  readonly expectedBytes: number | null;
  /** Mailboxes that nobody has looked into. While there are some, the expected numbers are estimates. */
  readonly unseen: number;
  readonly errors: number;
  /** Id of the last decision. A console that knows an older one asks again. */
  readonly decided: number;
  readonly rate: Rate;
  /** Messages a second, one number for each 10 s of the last 10 minutes, oldest first. */
  readonly trend: readonly number[];
  readonly eta: Instant | null;
  /** The range in which the end lies. */
  readonly etaBetween: Pick<Eta, 'from' | 'to'> | null;
  /** Endpoints: the batch's own first, then those that rows of the plan name. */
  readonly endpoints: Readonly<Record<Side, readonly EndpointEntity[]>>;
  /** Seconds between first starts. */
  readonly stagger: { readonly min: number; readonly max: number };
  readonly concurrency: number;
  /** Hours in which mailboxes may be at work, by the clocks of a zone; null: always. */
  readonly window: DayWindow | null;
  /** When the window opens; null: it is open. */
  readonly closedUntil: Instant | null;
  /** Only mailboxes of this wave start; null: all do. */
  readonly wave: number | null;
  /** Mailboxes that wait for another wave. */
  readonly otherWaves: number;
}

/** `nightferry status NAME --json`, from a running engine or from the files. */
export interface Status {
  readonly version: typeof PROTOCOL_VERSION;
  readonly batch: BatchEntity;
  readonly mailboxes: readonly MailboxEntity[];
}
