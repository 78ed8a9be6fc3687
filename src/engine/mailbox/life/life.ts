import type { Instant, MailboxState } from '../../../protocol/entities.js';
import type { EndpointKey } from '../../../store/batch/endpoints.js';
import type { Advice } from '../../../words/advice/advice.js';
import type { Reason } from '../../../words/reason.js';
import type { Side } from '../../../words/side.js';

/** A mailbox waits in the queue for its turn. */
export interface Turn {
  /** Milliseconds since the epoch before which it does not start; 0: it may start at any time. */
  readonly notBefore: Instant;
  /** `by order` of an operator: it starts without stagger. */
  readonly starts: 'in turn' | 'by order';
  /** The state that is shown meanwhile: the reason and the end of the wait. */
  readonly state: Extract<MailboxState, { kind: 'queued' | 'backing-off' }>;
}

export const WAITS: Turn['state'] = { kind: 'queued', startsAt: null, why: { key: 'turn' } };
export const IN_TURN: Turn = { notBefore: 0, starts: 'in turn', state: WAITS };

/** A hold: its reason, and the question to the operator. */
export interface Hold {
  readonly because: Reason;
  readonly asks: Advice;
  /** The side whose password would let it go on; null: no password would. */
  readonly password: Side | null;
}

/** A cause that holds many mailboxes at once: a shared login that was refused, or an endpoint that is out of reach. */
export interface CommonCause {
  readonly of: 'login' | 'endpoint';
  readonly side: Side;
  readonly key: EndpointKey;
}

/** Paused by the operator: one mailbox by name, or the whole batch. */
type PausedBy = 'operator' | 'batch';

/**
 * An order that came while the mailbox was at work. It is followed when the attempt is over and written down.
 * `go on`: the attempt ends (the window closed, or a pause was taken back while it settled), and the mailbox queues again.
 */
export type OrderAtWork =
  | { readonly kind: 'none' }
  | { readonly kind: 'pause'; readonly by: PausedBy }
  | { readonly kind: 'go on' }
  | { readonly kind: 'start'; readonly turn: Turn }
  | { readonly kind: 'stop' }
  | { readonly kind: 'give up'; readonly state: GivenUp };

export const NO_ORDER: OrderAtWork = { kind: 'none' };

/** The result of an attempt, before it is written down. */
export type Outcome =
  /** It went through all folders. */
  | { readonly kind: 'through'; readonly state: Extract<MailboxState, { kind: 'synced' | 'incomplete' | 'completed' }> }
  | { readonly kind: 'rest'; readonly until: Instant; readonly because: Reason }
  | { readonly kind: 'hold'; readonly hold: Hold }
  /** It settled what was in flight and was broken off by an order. */
  | { readonly kind: 'left' };

/** Phases of an attempt that are shown. */
export type Phase = Extract<MailboxState['kind'], 'connecting' | 'scanning' | 'copying' | 'verifying'>;

/** A mailbox that nothing happens to by itself. It is `queued` where it waits for another wave. */
export type AtRest = Extract<
  MailboxState,
  { kind: 'queued' | 'stopped' | 'synced' | 'incomplete' | 'completed' | 'given-up' }
>;

/** A mailbox that an operator decided not to move any further. */
export type GivenUp = Extract<MailboxState, { kind: 'given-up' }>;

/** Everything that a mailbox is in and waits for: one union, so that no two collections can disagree about it. */
export type Life =
  | { readonly at: 'rest'; readonly state: AtRest }
  | { readonly at: 'queue'; readonly turn: Turn }
  | { readonly at: 'work'; readonly phase: Phase; readonly order: OrderAtWork; readonly answered: boolean }
  /** The attempt is over, and the last of it is being written down. */
  | { readonly at: 'closing'; readonly outcome: Outcome; readonly order: OrderAtWork; readonly answered: boolean }
  /** `turn`: the wait that the pause interrupted; null: it was at work. */
  | { readonly at: 'pause'; readonly by: PausedBy; readonly turn: Turn | null }
  /** `turn`: the wait that a common cause ended; null: the mailbox met the cause itself. */
  | { readonly at: 'hold'; readonly hold: Hold; readonly cause: CommonCause | null; readonly turn: Turn | null };

/** Events of a running attempt. None of them puts the mailbox into the queue or takes it out. */
export type AttemptEvent =
  | { readonly kind: 'turned'; readonly phase: Phase }
  | { readonly kind: 'came out'; readonly outcome: Outcome };

export type LifeEvent =
  | AttemptEvent
  /** The engine begins: the mailbox queues. */
  | { readonly kind: 'created' }
  /** The engine begins, and runs another wave. @param wave  of the mailbox */
  | { readonly kind: 'left to its wave'; readonly wave: number | null }
  /** The engine was opened to be looked at: nothing is under way. */
  | { readonly kind: 'laid down' }
  /** It has its place at both endpoints. */
  | { readonly kind: 'started' }
  /**
   * The attempt is written down.
   *
   * @param due  when a decision wants the mailbox to start again; null: no decision does
   */
  | { readonly kind: 'written'; readonly due: Instant | null }
  /** A state file that cannot be used, or a bug. */
  | { readonly kind: 'broke'; readonly hold: Hold }
  | { readonly kind: 'paused'; readonly by: PausedBy }
  | { readonly kind: 'continued'; readonly by: PausedBy }
  | { readonly kind: 'stopped'; readonly how: 'drain' | 'now' }
  /** An operator decided that nothing more of it is tried. */
  | { readonly kind: 'given up'; readonly state: GivenUp }
  /**
   * The decision to give up was undone. The mailbox queues again, or waits for the next engine where this one was
   * opened only to be looked at.
   */
  | { readonly kind: 'taken up'; readonly to: 'queue' | 'rest' }
  /** The window closed: the attempt settles, and the mailbox queues until the window opens. */
  | { readonly kind: 'window closed' }
  /** An operator lets it start at that moment, whatever it waited for. */
  | { readonly kind: 'ordered'; readonly at: Instant; readonly why: Reason }
  /** A decision about its failures wants it to start by then. */
  | { readonly kind: 'decided'; readonly at: Instant; readonly why: Reason }
  /** An operator says that the cause of the hold is mended. */
  | { readonly kind: 'released'; readonly at: Instant; readonly why: Reason }
  /** A decision lets it rest until then. */
  | { readonly kind: 'rest raised'; readonly until: Instant }
  /** A password was given for it. */
  | { readonly kind: 'answered' }
  /** Another mailbox met a cause that this one would meet too. */
  | { readonly kind: 'held with others'; readonly hold: Hold; readonly cause: CommonCause }
  /** The cause that it met itself holds others as well. */
  | { readonly kind: 'cause is common'; readonly cause: CommonCause }
  | { readonly kind: 'cause is gone'; readonly cause: CommonCause }
  /** The scheduler says when the mailbox starts, and what it waits for until then. */
  | { readonly kind: 'told'; readonly startsAt: Instant | null; readonly why: Reason }
  /** A decision changed how its account balances. */
  | { readonly kind: 'weighed again'; readonly state: AtRest }
  /** The clock on the wall was set. @param by  milliseconds */
  | { readonly kind: 'clock set'; readonly by: number };

/** The interpreter (mailbox-view.ts) carries effects out. */
export type Effect =
  /** The running attempt settles what is in flight and ends. */
  | 'settle'
  /**
   * The running attempt was told to stop. It settles as for `settle`, and connections without progress are dropped
   * soon.
   */
  | 'halt'
  /** Its connections are dropped at once. */
  | 'drop'
  /** The trouble is over, and messages that were refused in this run are tried once more. */
  | 'forgive'
  /** The trouble is over. */
  | 'trouble is over'
  /** The scheduler looks again: it may start, or need not be waited for. */
  | 'wake';
