import type { Side } from './side.js';
import type { Kind } from './verdict.js';

/**
 * How a message is sent when it is tried again. `without-flags`: only its date; `without-deleted`: with its flags but
 * `\Deleted`; `repaired`: its bytes mended.
 */
export const TREATMENTS = ['as-is', 'without-flags', 'without-deleted', 'repaired'] as const;
export type Treatment = (typeof TREATMENTS)[number];

/** An order of an operator about a selection. Times in seconds from now. */
export type ActionRequest =
  /** 0 seconds: now, also inside the floor of five minutes. */
  | { readonly do: 'retry'; readonly afterSeconds: number; readonly treatment: Treatment }
  /** So many first; the rest only if all of these are taken. */
  | { readonly do: 'try-first'; readonly first: number; readonly treatment: Treatment }
  | { readonly do: 'skip'; readonly why: string }
  /** Exactly one of the two: rests so many times longer than now, or not before so many seconds. */
  | { readonly do: 'backoff'; readonly factor: number | null; readonly seconds: number | null }
  /** Mailboxes that are held go on. */
  | { readonly do: 'release' };

/**
 * The failures that an order is about: all open ones that the filter lets through, of these groups,
 * of these entries, of these UIDs. Null: not narrowed by that.
 */
export interface Selection {
  /** `code: kind: side: mailbox: folder: command:` and words of the response; `!` inverts. '' is everything. */
  readonly filter: string;
  /** Keys of groups. */
  readonly groups: readonly string[] | null;
  /** Ids of entries. */
  readonly entries: readonly string[] | null;
  /** A set of UIDs as IMAP writes it. */
  readonly uids: string | null;
}

export const EVERYTHING: Selection = { filter: '', groups: null, entries: null, uids: null };

/** The facts of one entry of the error ledger that filters see. */
export interface EntryFacts {
  readonly mailbox: string;
  readonly side: Side;
  readonly command: string;
  readonly folder: string | null;
  readonly code: string | null;
  readonly kind: Kind;
  /** Id of the rule by which it was read. */
  readonly rule: string;
  readonly response: string;
}
