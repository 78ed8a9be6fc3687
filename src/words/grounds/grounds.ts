import type { Found } from '../findings/found.js';
import type { Kind } from '../kind.js';
import type { Side } from '../side.js';

/** Grounds that need no more than their name. */
export const PLAIN_GROUNDS = [
  'another batch',
  // Former builds of 0.2.0 stored it. A list without an end is a finding now.
  'names without end',
  'no credential',
  'credential later',
  'unread document',
  'cause lost',
] as const;
export type PlainGrounds = (typeof PLAIN_GROUNDS)[number];

/** A response, and what of it the rule asked for. */
export interface ResponseGrounds {
  readonly key: 'response';
  /** `NO`; null: the line has none. */
  readonly status: string | null;
  /** Upper-case response code; null: the response carries none. */
  readonly code: string | null;
  /** Words of the text that the rule asked for; null: it asked for none. */
  readonly phrase: string | null;
  /** The command that it answered; null: none. */
  readonly command: string | null;
  readonly side: Side;
}

/**
 * Why a response or an error is read as it is. It is sent and stored as data; `grounds-text.ts` puts it into words. All
 * texts of servers in it are sanitised.
 */
export type Grounds =
  | ResponseGrounds
  /** An error below IMAP. '': it has no code, no message. */
  | { readonly key: 'error'; readonly code: string; readonly message: string; readonly side: Side }
  /** An operator said what responses like the sample are. `rule` would have called it `read`. */
  | {
      readonly key: 'corrected';
      readonly correction: string;
      /** Milliseconds since the epoch. */
      readonly at: number;
      /** Null: the operator is not known. */
      readonly by: string | null;
      readonly sample: string;
      readonly kind: Kind;
      readonly rule: string;
      readonly read: Kind;
    }
  /** No server said it: Nightferry found it out. */
  | { readonly key: 'found'; readonly found: Found }
  | { readonly key: PlainGrounds }
  /** A sentence that an earlier build wrote. */
  | { readonly key: 'as-written'; readonly text: string };
