import type { Side } from '../../words/side.js';
import type { FolderLeftOut } from '../copy/map/folder-map.js';
import type { FolderWarning } from '../copy/map/folder-warnings.js';
import type { Limit } from '../copy/prepare/append-limit.js';
import type { Amount, FolderRefusal } from '../dry-run/forecast.js';
import type { Labels } from '../dry-run/look-into-folders.js';
import type { Quotas } from '../imap/commands/quota.js';
import type { KnownServer } from '../profiles/profile.js';
import type { FolderThere, InboxThere } from './folder-there.js';
import type { NameDoubt } from './name-doubts.js';
import type { ServerSeen } from './server-seen.js';
import type { FolderTally } from './tally.js';

/** A source folder: its mail, and where it goes. Names are sanitised. */
export interface FolderCensus extends FolderTally, FolderThere {
  readonly source: string;
  readonly destination: string;
  /** The destination does not have it yet. */
  readonly isNew: boolean;
  /** Bytes that the destination takes of one message there; null: nobody says. */
  readonly limit: number | null;
  /** Messages that the destination holds in it; null: not told. */
  readonly there: number | null;
  /** Decimal; null: the source keeps no UIDs (UIDVALIDITY 0, UIDNOTSTICKY). */
  readonly uidValidity: string | null;
  /** Messages that another folder brings, where folders are labels; no part of `messages`. */
  readonly carried: Amount;
  /** It shows the mail of all other folders (`\All`, RFC 6154). */
  readonly isAllMail: boolean;
  /** Why the destination may refuse its name; null: it is there, or nothing is against it. */
  readonly doubt: NameDoubt | null;
}

/** A day in UTC, and its messages. */
interface BusyDay {
  /** Milliseconds since the epoch. */
  readonly day: number;
  readonly messages: number;
}

/** All that was found out about a mailbox on both sides. */
export interface Census {
  readonly mailbox: string;
  readonly folders: readonly FolderCensus[];
  readonly quota: Readonly<Record<Side, Quotas>>;
  /** Names of the quota roots that the destination's INBOX counts against. */
  readonly inboxRoots: readonly string[];
  /** Null: it was refused, as `refused` says. */
  readonly inbox: InboxThere | null;
  /** Bytes that a message may have, and who says so; null: nobody. */
  readonly limit: Limit | null;
  /** The day with most messages; null: no message has a date that can be read. */
  readonly busiest: BusyDay | null;
  readonly leftOut: readonly FolderLeftOut[];
  readonly warnings: readonly FolderWarning[];
  readonly refused: readonly FolderRefusal[];
  /** Rows of the lists of folders that name no folder anybody can tell, sanitised. */
  readonly unreadable: readonly { readonly side: Side; readonly row: string }[];
  /** The destination tells the UIDs of what was appended (UIDPLUS, RFC 4315). */
  readonly tellsUids: boolean;
  readonly labels: Labels;
  readonly servers: Readonly<Record<Side, ServerSeen>>;
  /** Both servers by their profiles. */
  readonly known: Readonly<Record<Side, KnownServer>>;
  /** MAILBOXID of INBOX (RFC 8474); null: not told. */
  readonly inboxId: Readonly<Record<Side, string | null>>;
  /** Folders of write tests that broke off, at the destination. */
  readonly scratchLeft: readonly string[];
}

/** The sums over all folders of a mailbox. */
export interface CensusSum {
  readonly folders: number;
  readonly messages: number;
  readonly bytes: number;
  /** Bytes; null: there is no message whose size is told. */
  readonly largest: number | null;
  /** Milliseconds since the epoch; null: no date can be read. */
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly there: number;
  /** Messages of other days than those that are copied; they are not among `messages`. */
  readonly outside: number;
}

export function sumOfCensus({ folders }: Pick<Census, 'folders'>): CensusSum {
  const add = (of: (folder: FolderCensus) => number) => folders.reduce((sum, folder) => sum + of(folder), 0);
  const best = (of: (folder: FolderCensus) => number | null, choose: (a: number, b: number) => number) =>
    folders.reduce<number | null>((best, folder) => chosen(best, of(folder), choose), null);
  return {
    folders: folders.length,
    messages: add(({ messages }) => messages),
    bytes: add(({ bytes }) => bytes),
    largest: best(({ largest }) => largest, Math.max),
    oldest: best(({ oldest }) => oldest, Math.min),
    newest: best(({ newest }) => newest, Math.max),
    there: thereIn(folders),
    outside: add(({ outside }) => outside),
  };
}

/** Several source folders may go into one at the destination, whose mail counts once. */
function thereIn(folders: readonly FolderCensus[]): number {
  const byName = new Map(folders.map(({ destination, there }) => [destination, there ?? 0]));
  return [...byName.values()].reduce((sum, there) => sum + there, 0);
}

/** The better of two values, of which either may be unknown. */
function chosen(a: number | null, b: number | null, choose: (a: number, b: number) => number): number | null {
  return a === null || b === null ? (a ?? b) : choose(a, b);
}
