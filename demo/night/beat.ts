import type { MailboxState } from '../../src/protocol/entities.js';
import type { Side } from '../../src/words/side.js';
import type { Kind } from '../../src/words/verdict.js';
import type { Odd } from './odd-messages.js';

/** Trouble of one mailbox, as data. */
export type Trouble =
  /** A command is answered with this line, for so many minutes from its first refusal on. */
  | {
      readonly is: 'answers';
      readonly side: Side;
      readonly command: Troubled;
      readonly line: string;
      /** Begins when this share of the mailbox is through: 0 with the first command of that name. */
      readonly after: number;
      readonly minutes: number;
    }
  /** The connection drops, once, when this share of the mailbox is through. */
  | {
      readonly is: 'drops';
      readonly side: Side;
      readonly command: Troubled;
      readonly after: number;
      /** A message was stored and nobody was told, or the answer breaks off. */
      readonly when: 'done and not said' | 'in mid-answer';
    }
  /** The server says this once, unasked, when a folder is opened. */
  | { readonly is: 'says'; readonly side: Side; readonly line: string }
  /** The destination is full at this share of the mailbox; the operator raises the quota so many minutes after the hold. */
  | { readonly is: 'quota'; readonly at: number; readonly raisedAfter: number }
  /** The source knows another password than the plan. */
  | { readonly is: 'other password' }
  /** The destination's INBOX takes no keywords. */
  | { readonly is: 'no keywords' }
  /** Messages of the INBOX, by UID. */
  | { readonly is: 'odd messages'; readonly uids: readonly number[]; readonly odd: Odd };

/** `UID FETCH` is meant of bodies. */
export type Troubled = 'EXAMINE' | 'APPEND' | 'UID FETCH';

/** Signs of it that the operator must have been shown. */
export type Sight =
  | { readonly sees: 'failure'; readonly kind: Kind; readonly says: RegExp }
  /** It rested with this reason, so many minutes in all at least. */
  | { readonly sees: 'rest'; readonly says: RegExp; readonly minutes: number }
  | { readonly sees: 'state'; readonly state: MailboxState['kind']; readonly says: RegExp }
  | { readonly sees: 'log'; readonly says: RegExp };

/** How its mailbox stands at the end, counted at both servers and in its error ledger. */
export interface Ending {
  readonly state: 'synced' | 'held';
  /** UIDs of the INBOX that are not at the destination; `all`: none was moved. */
  readonly lacks: readonly number[] | 'all';
  /** Open entries of its error ledger: code of the response, or kind of the verdict where it has none. */
  readonly open: readonly string[];
}

/** One thing that happens in the night. */
export interface Beat {
  readonly who: string;
  /** For the programme, in a few words. */
  readonly what: string;
  readonly trouble: readonly Trouble[];
  readonly sights: readonly Sight[];
  readonly ends: Ending;
}

export const ALL_THERE: Ending = { state: 'synced', lacks: [], open: [] };
