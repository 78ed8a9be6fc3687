import { UidSet } from '../../../store/uid/uid-set.js';
import type { Desk } from '../../imap/commands/desk.js';
import { type LessItems, type ScanItems, scanMessages } from '../../imap/commands/scan.js';
import { searchUids } from '../../imap/commands/search.js';
import { setsOf } from '../../imap/commands/uid-windows.js';
import type { NamedRow } from '../../imap/grammar/row-merger.js';
import { Refused } from '../../imap/session/refused.js';
import { notAllSeen } from '../findings.js';
import type { CopyContext } from '../job.js';
import { seeAll } from './see-all.js';
import { notSeen } from './whole-list.js';

/** A folder as it was listed. */
export interface FolderRows {
  readonly seen: UidSet;
  /** UIDs that SEARCH names and of which FETCH gives no row, or no more than the UID. */
  readonly unread: UidSet;
  /** The highest UID that was told, also below where the list begins; null: none. */
  readonly last: number | null;
}

/**
 * Lists a destination folder from a UID on, and misses nothing that can be found: a message of ours that the list left
 * out would be sent a second time. SEARCH is asked in the same flight, and a message that only SEARCH names is asked
 * for by its UID.
 *
 * @throws Refused where the server refuses the list, and SEARCH does not say that there is nothing to list
 */
export async function scanFrom(
  desk: Desk,
  folder: string,
  from: number,
  items: ScanItems,
  onRow: (row: NamedRow) => void,
): Promise<FolderRows> {
  const seen = new UidSet();
  const bare = new UidSet();
  let last: number | null = null;
  const take = (row: NamedRow) => {
    last = Math.max(last ?? 0, row.uid);
    if (row.uid < from) return;
    if (!tellsMore(row)) bare.add(row.uid);
    else if (seen.add(row.uid)) onRow(row);
  };
  const [listed, searched] = await Promise.allSettled([
    scanMessages(desk, folder, `${from}:*`, items, take),
    searchUids(desk, folder, `${from}:*`),
  ]);
  const refused = refusalIn(listed);
  if (searched.status === 'rejected') throw searched.reason;
  const { uids, answer } = searched.value;
  const exists = desk.exists(folder);
  // `n:*` names the last message also where its UID is under n (RFC 9051 section 6.4.9).
  if (from > 1) uids.deleteRange(1, from - 1);
  if (refused && (answer.status !== 'OK' || exists === null) && exists !== 0) throw refused;
  const only = uids.union(bare).minus(seen);
  await scanNamed(desk, folder, only, items, seen, take);
  return { seen, unread: only.minus(seen), last };
}

/** Whether a row tells more than the UID. By its UID alone no message can be recognised. */
const tellsMore = ({ size, internalDate, header }: NamedRow): boolean =>
  size !== undefined || internalDate !== undefined || (header !== undefined && header !== null);

/** The items to ask for, each time fewer. */
const ASKS_LESS: readonly LessItems[] = ['dates, flags and ids', 'ids'];

/**
 * Asks by UID for messages that a list left out. A server that does not know the size of a message may leave its row
 * out wherever the size is asked for. Its Message-ID is enough to find it by.
 *
 * @param seen  UIDs that were listed; filled by `onRow`
 * @throws Refused
 */
export async function scanNamed(
  desk: Desk,
  folder: string,
  uids: UidSet,
  items: ScanItems,
  seen: UidSet,
  onRow: (row: NamedRow) => void,
): Promise<void> {
  for (const asked of [items, ...ASKS_LESS])
    for (const set of setsOf(uids.minus(seen))) await scanMessages(desk, folder, set, asked, onRow);
}

/** Messages of the destination that cannot be read. */
export interface Unread {
  /** UIDs that SEARCH names, and those with which reading breaks. */
  readonly named: UidSet;
  /** How many more messages the folder counts. */
  readonly unnamed: number;
}

/** How many unread messages may be ours: all but those that are known by their UID. */
export const unknownAmong = ({ named, unnamed }: Unread, known: UidSet): number => named.minus(known).size + unnamed;

/**
 * Lists a whole folder, and compares the list with EXISTS. Messages that nobody can name are an open failure.
 *
 * @param name  of the source folder, for the entry
 * @returns what it holds and does not show
 */
export async function scanWhole(
  context: CopyContext,
  folder: { readonly destination: string; readonly name: string },
  items: ScanItems,
  onRow: (row: NamedRow) => void,
): Promise<Unread> {
  const { read } = context.connections.destination;
  const { seen: listed, unread: named } = await scanFrom(read, folder.destination, 1, items, onRow);
  const exists = read.exists(folder.destination);
  if (exists === null) return { named, unnamed: 0 };
  if (exists === listed.size) return { named: new UidSet(), unnamed: 0 };
  const first = { exists, settled: new UidSet(), listed, due: new UidSet() };
  const judge = (line: string, command: string) => context.judge('destination', line, command);
  const seen = await seeAll(read, folder.destination, first, null, judge);
  const take = (row: NamedRow) => {
    if (tellsMore(row) && listed.add(row.uid)) onRow(row);
  };
  await scanNamed(read, folder.destination, seen.there.minus(listed), items, listed, take);
  // SEARCH may name a message that no FETCH gives. FETCH may tell only the UID of a message.
  const unreadNow = named
    .union(seen.there)
    .union(seen.unconfirmed)
    .union(read.readings.leftOut(folder.destination))
    .minus(listed);
  const unread = { named: unreadNow, unnamed: Math.max(0, notSeen(seen.exists, listed) - unreadNow.size) };
  if (seen.notSeen === 0) return unread;
  const finding = notAllSeen({ side: 'destination', ...seen });
  context.fail({ side: 'destination', command: 'UID FETCH', folder: folder.name, uids: new UidSet(), ...finding });
  return unread;
}

function refusalIn(listed: PromiseSettledResult<void>): Refused | null {
  if (listed.status === 'fulfilled') return null;
  if (listed.reason instanceof Refused) return listed.reason;
  throw listed.reason;
}
