import type { Counts, Instant } from '../../protocol/entities.js';
import type { Advice, AdviceKey } from '../../words/advice/advice.js';
import type { AllowanceReason } from '../../words/reason.js';
import type { Side } from '../../words/side.js';

/** Version of the JSON that a command or URL is given. */
export const NOTICE_VERSION = 1;

/** Why mailboxes need their operator: those of one cause are mended by one act. */
export interface NeedCause {
  /**
   * `password`: a password is asked for. `held`: something else holds them. `waits-long`: they wait for a server so long
   * that its provider should be asked. `incomplete`, `left-behind`: they went through, and messages are missing or left.
   * `twice`: messages stand twice at the destination.
   */
  readonly kind: 'password' | 'held' | 'waits-long' | 'incomplete' | 'left-behind' | 'twice';
  readonly side: Side | null;
  /** The response code that brought it about; null: none, or nobody knows. */
  readonly code: string | null;
  /** The server's words to one of them, sanitised; '': there were none. */
  readonly response: string;
  /** The step to take; null: nobody asks for one. */
  readonly asks: Advice | null;
}

/** Mailboxes that one cause concerns. */
interface NeedGroup {
  readonly cause: NeedCause;
  readonly mailboxes: number;
  /** Addresses of some of them. */
  readonly examples: readonly string[];
  /** Messages that wait for it, failed ones with them; null: nobody could look into one of the mailboxes. */
  readonly messages: number | null;
}

export type EndedVerdict = 'all-settled' | 'errors-open' | 'stopped' | 'bug';

/** Something that an operator is told. */
export type News =
  | {
      readonly event: 'ended';
      readonly verdict: EndedVerdict;
      readonly exitCode: number;
      readonly startedAt: Instant;
      readonly mailboxes: number;
      readonly counts: Counts;
      readonly errors: number;
      /** Mailboxes that need the operator. */
      readonly needs: number;
    }
  /** `fresh`: how many of the mailboxes were not told of before. `engine`: whether one is there to take an answer. */
  | ({ readonly event: 'needs-you'; readonly fresh: number; readonly engine: 'runs' | 'ended' } & NeedGroup)
  | {
      readonly event: 'server-left-alone';
      readonly side: Side;
      readonly server: string;
      readonly until: Instant;
      /** The server's words, sanitised. */
      readonly because: string;
    }
  /** `silentFor`: milliseconds in which mailboxes were at work and no message moved. */
  | {
      readonly event: 'stalled';
      readonly silentFor: number;
      readonly mailboxes: number;
      readonly examples: readonly string[];
    }
  /** Mailboxes rest for the allowance of a day. `until`: the first of them may go on then. */
  | {
      readonly event: 'budget-spent';
      readonly side: Side;
      readonly mailboxes: number;
      readonly examples: readonly string[];
      readonly until: Instant;
      readonly because: AllowanceReason;
    }
  /** `left`: mailboxes that are under way or wait for their turn. */
  | {
      readonly event: 'window-closing';
      readonly closesAt: Instant;
      readonly left: number;
      readonly mailboxes: number;
    }
  | { readonly event: 'test' };

/** A cause as it is sent: what it asks is a sentence, and its key stands beside it. */
export type NoticeCause = Omit<NeedCause, 'asks'> & {
  /** In an operator's words; ''. */
  readonly asks: string;
  readonly asksKey: AdviceKey | null;
};

type NeedsYou = Extract<News, { readonly event: 'needs-you' }>;
type Told = Exclude<News, NeedsYou> | (Omit<NeedsYou, 'cause'> & { readonly cause: NoticeCause });

/** News as they are sent. */
export type Notice = Told & {
  readonly v: typeof NOTICE_VERSION;
  readonly at: Instant;
  readonly batch: string;
  /** The command that answers it, as it is typed. */
  readonly command: string;
  /** One line. */
  readonly title: string;
  /** Several lines. */
  readonly text: string;
};
