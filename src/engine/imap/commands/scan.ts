import { UidSet } from '../../../store/uid/uid-set.js';
import type { Outstanding } from '../connection/loss.js';
import type { Tagged } from '../connection/tagged.js';
import type { Listener } from '../connection/wire.js';
import { isFetchRow, parseFetchRow } from '../grammar/fetch-row.js';
import { isNamed, type NamedRow, type RowItem, RowMerger } from '../grammar/row-merger.js';
import { Refused } from '../session/refused.js';
import type { Desk } from './desk.js';
import { overSet } from './over-set.js';
import { readNarrowed } from './read-apart.js';
import { searchUids } from './search.js';
import { setsOf, uidsIn } from './uid-windows.js';

/** The items that a scan asks of each message. */
export type ScanItems =
  | 'sizes'
  | 'sizes and dates'
  | 'sizes, dates and flags'
  | 'sizes, dates, flags and ids'
  | LessItems;
/** Items to ask for if a server leaves a message's row out when more is asked. */
export type LessItems = 'dates, flags and ids' | 'ids';

const ITEMS: Readonly<Record<ScanItems, { readonly wire: string; readonly row: readonly RowItem[] }>> = {
  sizes: { wire: '(UID RFC822.SIZE)', row: ['size'] },
  'sizes and dates': { wire: '(UID INTERNALDATE RFC822.SIZE)', row: ['size', 'internalDate'] },
  'sizes, dates and flags': {
    wire: '(UID FLAGS INTERNALDATE RFC822.SIZE)',
    row: ['size', 'internalDate', 'flags'],
  },
  'sizes, dates, flags and ids': {
    wire: '(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])',
    row: ['size', 'internalDate', 'flags', 'header'],
  },
  'dates, flags and ids': {
    wire: '(UID FLAGS INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])',
    row: ['internalDate', 'flags', 'header'],
  },
  ids: { wire: '(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])', row: ['header'] },
};

/**
 * Reads what is known of messages without their bodies. What a server does not say of a message at once is asked
 * for again; what it does not say then either is undefined, and the message is there all the same. Messages with which
 * the folder cannot be read are left out (`desk.readings`).
 *
 * @param set an IMAP sequence set; `n:*` also names the last message where its UID is under n
 *            (RFC 9051 section 6.4.9): the caller looks at the UIDs
 * @throws Refused where the server does not answer OK
 */
export async function scanMessages(
  desk: Desk,
  folder: string,
  set: string,
  items: ScanItems,
  onRow: (row: NamedRow) => void,
): Promise<void> {
  const seen = new UidSet();
  const take = (row: NamedRow) => {
    if (seen.add(row.uid)) onRow(row);
  };
  await readNarrowed(desk, folder, set, seen, (some, outstanding) =>
    scanSet(desk, folder, some, items, take, outstanding),
  );
}

async function scanSet(
  desk: Desk,
  folder: string,
  set: string,
  items: ScanItems,
  onRow: (row: NamedRow) => void,
  outstanding: Outstanding | null,
): Promise<void> {
  const { wire, row } = ITEMS[items];
  const rows = new RowMerger(row, onRow);
  const answer = await fetchRows(desk, folder, set, wire, (one) => rows.take(one), undefined, outstanding);
  if (answer.status !== 'OK') {
    rows.giveAsTheyAre(rows.incomplete);
    throw new Refused(desk.wire.side, 'UID FETCH', answer.line, folder);
  }
  if (!rows.incomplete.isEmpty) await askAgain(desk, folder, wire, rows);
}

/** Asks again for missing items. If a server never gives an item, only the first command asks for it. */
async function askAgain(desk: Desk, folder: string, wire: string, rows: RowMerger): Promise<void> {
  for (const set of setsOf(rows.incomplete)) {
    const asked = uidsIn(set);
    const named = new UidSet();
    const { status } = await fetchRows(desk, folder, set, wire, (row) => {
      named.add(row.uid);
      rows.take(row);
    });
    const still = rows.incomplete.intersect(asked);
    // A message that was asked for by its UID and has no row does not exist. Its earlier row came unasked.
    rows.giveAsTheyAre(status === 'OK' ? still.intersect(named) : still);
    rows.drop(still);
    if (still.size === asked.size) break;
  }
  rows.giveAsTheyAre(rows.incomplete);
}

/** Told of a row that a command did not ask for. Such a row is no sign that the server works on the command. */
export const NOT_ASKED = Symbol('not asked for');

/**
 * Sends UID FETCH. Rows without a UID are left out.
 *
 * @param onRow     may return {@link NOT_ASKED}
 * @param onLiteral see {@link Listener}
 * @returns the answer, also where it is a refusal
 */
export function fetchRows(
  desk: Desk,
  folder: string,
  set: string,
  items: string,
  onRow: (row: NamedRow) => unknown,
  onLiteral?: Listener['onLiteral'],
  outstanding: Outstanding | null = null,
): Promise<Tagged> {
  return overSet(desk, folder, set, {
    name: 'UID FETCH',
    onLiteral,
    outstanding,
    write: (uids) => `UID FETCH ${uids} ${items}`,
    take: (response, came) => {
      const row = isFetchRow(response) ? parseFetchRow(response) : undefined;
      if (!row || !isNamed(row)) return false;
      if (onRow(row) === NOT_ASKED) return false;
      came.add(row.uid);
      return true;
    },
  });
}

/**
 * Finds the UIDs that still exist at the server. SEARCH is asked first, because a FETCH may leave out the same row
 * again. A UID that SEARCH does not name counts as gone only if FETCH has no row of it either.
 *
 * @throws Refused where the server refuses both
 */
export async function stillThere(desk: Desk, folder: string, set: string): Promise<UidSet> {
  const { uids, answer } = await searchUids(desk, folder, set);
  const there = UidSet.from(answer.status === 'OK' ? uids : []);
  if (UidSet.parse(set).minus(there).isEmpty) return there;
  try {
    there.addAll(await fetchUids(desk, folder, set));
  } catch (error) {
    if (answer.status !== 'OK' || !(error instanceof Refused)) throw error;
  }
  return there;
}

/**
 * The UIDs of a set by FETCH. It asks for items that a server can hardly fail to say.
 *
 * @throws Refused where the server does not answer OK
 */
export async function fetchUids(desk: Desk, folder: string, set: string): Promise<UidSet> {
  const there = new UidSet();
  await readNarrowed(desk, folder, set, there, async (some, outstanding) => {
    const take = ({ uid }: NamedRow) => there.add(uid);
    const answer = await fetchRows(desk, folder, some, '(UID)', take, undefined, outstanding);
    if (answer.status !== 'OK') throw new Refused(desk.wire.side, 'UID FETCH', answer.line, folder);
  });
  // A message that breaks connections exists.
  return there.union(desk.readings.of(folder, 'rows').leftOut.intersect(uidsIn(set)));
}
