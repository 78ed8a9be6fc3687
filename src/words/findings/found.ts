import type { Ceiling } from '../advice/advice.js';
import type { Side } from '../side.js';
import type { Repair } from './repairs.js';

/** Findings that need no more than their name. */
export const PLAIN_FOUND = [
  'not given',
  'listed another',
  'unaccounted',
  'folder unaccounted',
  'altered',
  'altered much',
  'deleted mark left out',
  'expunged as deleted',
  'not stored',
  'dropped',
  'dropped again',
  'another stored',
  'damaged',
  'flags not told',
  'undated',
] as const;
export type PlainFound = (typeof PLAIN_FOUND)[number];

/** How many dates of a folder were compared, how many of them came back changed, and one of them. */
export interface ChangedDates {
  readonly count: number;
  readonly of: number;
  /** One message: its UID at the source, and its date as sent and as it came back. Null: it has no readable one. */
  readonly example: { readonly uid: number; readonly sent: number; readonly there: number | null };
}

/** Why the UIDs of an APPENDUID cannot be right. */
export type AppendUidDoubt =
  | { readonly key: 'unreadable'; readonly text: string }
  | { readonly key: 'twice' | 'of another folder' | 'given before'; readonly uid: number }
  | { readonly key: 'named before'; readonly uid: number; readonly before: number; readonly now: number }
  | { readonly key: 'far ahead'; readonly uid: number; readonly highest: number };

/** A row of a server's list that could not be read, shortened, and the reason. */
export interface UnreadRow {
  readonly row: string;
  readonly why: string;
}

/** A message or a folder that breaks connections, or is refused in words that do not speak of it. */
interface Convicted {
  readonly of: 'message' | 'folder';
  readonly side: Side;
  readonly command: string;
  readonly times: number;
  /** `bye`: the server said goodbye before it closed the connection. */
  readonly how: 'refused' | 'bye' | 'silent' | 'dropped';
  /** Connections dropped by themselves at a like age or volume. */
  readonly byItself: 'maybe' | 'no';
  /** The server's last words, or how the connection ended. */
  readonly words: string;
}

/**
 * A finding is a failure or a note that no server reported: Nightferry found it out itself. It is sent and stored as
 * data; `found-text.ts` puts it into words. Sets of UIDs are written as IMAP does, and shortened.
 */
export type Found =
  | { readonly key: PlainFound }
  | { readonly key: 'too big'; readonly bytes: number; readonly ceiling: Ceiling }
  /** A folder counts more messages than anybody can name. `unconfirmed`: UIDs that SEARCH names and no FETCH knows. */
  | {
      readonly key: 'not all listed';
      readonly side: Side;
      readonly exists: number | null;
      readonly notSeen: number;
      readonly unconfirmed: string | null;
      readonly refused: string | null;
    }
  | { readonly key: 'no uids kept'; readonly side: Side }
  /** EXISTS counts so many messages that nobody named. */
  | { readonly key: 'not all named'; readonly messages: number }
  /** `sent` and `there` are bytes. */
  | { readonly key: 'not compared' | 'cut short'; readonly sent: number; readonly there: number }
  /** The destination holds so many messages that it does not show. */
  | { readonly key: 'may be hidden' | 'shows none'; readonly messages: number }
  | { readonly key: 'hidden before'; readonly uids: string }
  /** `there`: UIDs of the second copies. `here`: UIDs at the source. */
  | { readonly key: 'stands twice'; readonly copies: number; readonly there: string; readonly here: string }
  | { readonly key: 'append-uid impossible'; readonly doubt: AppendUidDoubt }
  | { readonly key: 'append-uid untrue'; readonly missing: string }
  /** `uids`: UIDs that the destination gave to other messages than it said. */
  | { readonly key: 'append-uid exchanged'; readonly uids: string }
  | { readonly key: 'kept as one'; readonly equals: number }
  | { readonly key: 'repaired'; readonly repairs: readonly Repair[] }
  /** `flags` as they stand in a FETCH. */
  | { readonly key: 'flags left out' | 'flags lost'; readonly flags: string }
  | { readonly key: 'flags not set'; readonly flags: string; readonly words: string }
  | { readonly key: 'keyword not kept'; readonly keyword: string }
  /** `more`: keywords that are not named. */
  | {
      readonly key: 'keywords left out';
      readonly messages: number;
      readonly keywords: readonly string[];
      readonly more: number;
    }
  /** `limit`: the server's words. */
  | { readonly key: 'not seen later'; readonly limit: string }
  /** `messages`: the number that the destination leaves in the folder. */
  | { readonly key: 'keeps newest'; readonly messages: number }
  | { readonly key: 'filed elsewhere'; readonly folder: string; readonly sentTo: string }
  /** `uids`: at the source, among which they are. */
  | { readonly key: 'some not stored'; readonly messages: number; readonly of: number; readonly uids: string }
  | ({ readonly key: 'dates changed' | 'dated on arrival' } & ChangedDates)
  /** `amounts`: milliseconds, less than 0 where they came back earlier. */
  | ({ readonly key: 'dates shifted'; readonly amounts: readonly number[] } & ChangedDates)
  | {
      readonly key: 'dated by header';
      readonly header: 'Received' | 'Date';
      readonly why: 'no usable date' | 'on order';
    }
  /** First and last, in milliseconds since the epoch. */
  | {
      readonly key: 'dates bunched';
      readonly messages: number;
      readonly internal: readonly [first: number, last: number];
      readonly headers: readonly [first: number, last: number];
    }
  /** `ours`: their UIDs at the source, as far as they are known. */
  | { readonly key: 'cannot be read'; readonly uids: string; readonly ours: string; readonly words: string }
  /** `listed`: bytes, 0 where the source lists none. */
  | { readonly key: 'empty body'; readonly listed: number }
  | { readonly key: 'other length'; readonly listed: number; readonly came: number }
  /** A header in which the message that came differs from the listed one: `<m3@old.example>`. */
  | { readonly key: 'another message'; readonly given: string; readonly listed: string }
  | { readonly key: 'sizes not kept'; readonly uid: number; readonly listed: number; readonly came: number }
  | { readonly key: 'line too long'; readonly octets: number }
  /** `rows`: some of them; so many `more` are in the log. */
  | { readonly key: 'rows unreadable'; readonly rows: readonly UnreadRow[]; readonly more: number }
  | ({ readonly key: 'namespace unreadable' } & UnreadRow)
  /** The list of folders was given up after so many rows, of so many characters. */
  | { readonly key: 'list without end'; readonly side: Side; readonly rows: number; readonly characters: number }
  | ({ readonly key: 'breaks the connection' } & Convicted);

/** The finding of that key. */
export type FoundOf<Key extends Found['key']> = Extract<Found, { readonly key: Key }>;
