import type { BatchState, Counts, Instant, MailboxState } from '../../../engine/protocol.js';
import type { Side } from '../../../words/side.js';

/**
 * What the start screen can do. It is implemented above (src/commands): the screen knows neither files nor
 * servers, and what it is given is sanitised.
 */
export interface StartServices {
  /** All batches of the workspace, in any order. */
  batches(): Promise<readonly BatchSummary[]>;
  /** Logs in on one side and looks, changing nothing. Never rejects. Aborting drops the line. */
  test(side: Side, typed: TypedSide, signal: AbortSignal): Promise<SideTest>;
  /** Makes the batch of one mailbox, or takes up the one there is, and starts its engine. */
  move(draft: MoveDraft): Promise<Started>;
  /** Starts the engine of a batch that has none. */
  resume(batch: string): Promise<Started>;
  /** Takes the records of a batch away; what was copied stays where it is. */
  delete(batch: string): Promise<Done>;
}

/** One side of the form. The password is held in memory, for this form only. */
export interface TypedSide {
  /** `imaps://user@host[:993]` or `imap://user@host[:143]`, as it was typed. */
  readonly url: string;
  readonly password: string;
}

export type MoveDraft = Readonly<Record<Side, TypedSide>>;

export interface BatchSummary {
  readonly name: string;
  /** `stopped` and `ended` have no engine; `unreadable` cannot be used, and `why` says what is wrong. */
  readonly state: BatchState | 'unreadable';
  readonly why: string;
  readonly mailboxes: number;
  readonly byState: Readonly<Partial<Record<MailboxState['kind'], number>>>;
  readonly counts: Counts;
  readonly errors: number;
  /** When it will be done; null where nothing moves. */
  readonly eta: Instant | null;
  /** When anything happened last; null where nothing did. */
  readonly lastAt: Instant | null;
}

/** What a login on one side found. */
export type SideTest =
  | {
      readonly ok: true;
      /** What the server calls itself, or ''. */
      readonly software: string;
      /** Capabilities that make the move faster or slower, as the server names them: `MULTIAPPEND`, ... */
      readonly ways: readonly string[];
      readonly folders: number;
      readonly messages: number;
      /** Null where the server could tell only by reading every message. */
      readonly bytes: number | null;
      /** Bytes; null where the server tells no quota. */
      readonly quota: { readonly used: number; readonly limit: number } | null;
      /** What the operator should know before it starts, a sentence each. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly why: string; readonly advice: string };

/** The engine runs, and a console can be opened on it. */
export type Started = { readonly ok: true; readonly batch: string } | { readonly ok: false; readonly why: string };

export type Done = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** How the start screen was left: to a console on a running batch, or for good, with an exit code (129: a hangup). */
export type StartChoice = { readonly attach: string } | { readonly left: number };
