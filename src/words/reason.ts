import type { Side } from './side.js';

/** Messages that a mailbox falls short of, one way in which they do. */
export interface MessagesShort {
  readonly kind: /** Listed or counted, and nobody copied them. */
    | 'left'
    /** The destination said OK to them and does not hold them. */
    | 'not stored'
    /** The destination holds a part of each. */
    | 'cut short'
    /** The source gives nothing, or something else, for what it listed. */
    | 'not as listed';
  readonly messages: number;
  readonly folders: number;
}

/** Failures of the account: a mailbox that has one open is incomplete, whatever its counters say. */
export type Shortfall =
  | MessagesShort
  /** Failures of no message: folders that could not be opened, rows that could not be read. */
  | { readonly kind: 'unread'; readonly failures: number }
  /** Nothing is missing: messages stand at the destination more than once. */
  | { readonly kind: 'doubled'; readonly copies: number; readonly folders: number };

/** A server's response, or the error that ended a connection to it. */
export interface ResponseReason {
  readonly key: 'response';
  readonly side: Side;
  /** Upper-case response code; null: the response carries none. */
  readonly code: string | null;
  /** The whole line, sanitised. */
  readonly response: string;
}

/** An account, or a whole endpoint, has moved what it may in 24 hours. */
export interface AllowanceReason {
  readonly key: 'allowance';
  readonly side: Side;
  readonly of: 'account' | 'endpoint';
  readonly unit: 'bytes' | 'messages';
  readonly most: number;
}

/**
 * Why a mailbox waits, rests, is held or is incomplete. It is sent and stored as data; `reason-text.ts` puts it into
 * words.
 */
export type Reason =
  | ResponseReason
  | AllowanceReason
  /** A login that serves many mailboxes was refused for this one. */
  | { readonly key: 'shared login refused'; readonly side: Side; readonly mailbox: string }
  /** A state file or the disk. `text` names the file and what is wrong with it. */
  | { readonly key: 'file'; readonly text: string }
  /** A bug of ours. `text` is the message of the error. */
  | { readonly key: 'bug'; readonly text: string }
  | { readonly key: 'short'; readonly by: readonly Shortfall[] }
  /** Nightferry 0.1.0 called it synced and left messages behind. */
  | { readonly key: 'left by 0.1.0' }
  | { readonly key: 'decision'; readonly decision: number }
  /** No place is free of so many. */
  | { readonly key: 'place'; readonly concurrency: number }
  /** The endpoint bears no more than so many connections. */
  | { readonly key: 'endpoint full'; readonly side: Side; readonly connections: number }
  /** The endpoint is left alone because of that response: one mailbox tries first, or is trying. */
  | { readonly key: 'circuit'; readonly side: Side; readonly response: string; readonly probe: 'to come' | 'at work' }
  /** The endpoint came back, and mailboxes connect one after the other. */
  | { readonly key: 'after circuit'; readonly side: Side }
  | { readonly key: 'shared login tried'; readonly side: Side }
  /** This run is one of another wave. Null: its row names none. */
  | { readonly key: 'wave'; readonly wave: number | null }
  /** A wait that has no more to say. */
  | { readonly key: PlainWait }
  /** A sentence that an earlier build wrote. */
  | { readonly key: 'told'; readonly text: string };

export const PLAIN_WAITS = [
  'not started',
  'turn',
  'stagger',
  'postponed',
  'order',
  'due',
  'disk',
  'batch paused',
  'window closed',
] as const;
export type PlainWait = (typeof PLAIN_WAITS)[number];

/** Two reasons say the same. Lists are compared by identity. */
export function isSameReason(one: Reason, other: Reason): boolean {
  if (one === other) return true;
  if (one.key !== other.key) return false;
  const [fields, others] = [Object.entries(one), new Map<string, unknown>(Object.entries(other))];
  return fields.length === others.size && fields.every(([name, value]) => others.get(name) === value);
}
