import { UidSet } from '../../store/uid-set.js';
import type { Desk } from './desk.js';
import { type FetchRow, isFetchRow, parseFetchRow } from './fetch-row.js';
import { Refused } from './refused.js';
import type { Literal } from './response-reader.js';
import { searchUids } from './search.js';
import type { Tagged } from './tagged.js';

/** A message as the source gave it. */
export interface Fetched {
  readonly uid: number;
  readonly flags: readonly string[];
  /** As the source wrote it, or '' where it gave none. */
  readonly internalDate: string;
  readonly body: Literal;
  /** `with more`: its row held something that nobody asked for. */
  readonly row: 'as asked' | 'with more';
}

/** What a chunk of UIDs came to. */
export interface Chunk {
  readonly fetched: readonly Fetched[];
  /** Asked for and not given, in order. */
  readonly missing: readonly number[];
  readonly answer: Tagged;
}

const WHOLE = '(UID FLAGS INTERNALDATE BODY.PEEK[])';
const WITHOUT_FLAGS = '(UID INTERNALDATE BODY.PEEK[])';

/**
 * Fetches whole messages, by UID, without marking them as read.
 *
 * Rows are counted against what was asked for: servers leave messages out without a word, send
 * rows that cannot be read, and mix in rows nobody asked for.
 *
 * @param uids  in ascending order
 * @param set   the same as an IMAP sequence set
 */
export async function fetchWhole(
  desk: Desk,
  folder: string,
  uids: readonly number[],
  set: string,
  flags: 'with flags' | 'without flags' = 'with flags',
): Promise<Chunk> {
  const byUid = new Map<number, Fetched>();
  const wanted = new Set(uids);
  const items = flags === 'with flags' ? WHOLE : WITHOUT_FLAGS;
  const answer = await desk.command(folder, 'UID FETCH', [`UID FETCH ${set} ${items}`], (response) => {
    if (!isFetchRow(response)) return false;
    const row = parseFetchRow(response);
    if (!row?.body || row.uid === undefined || !wanted.has(row.uid)) return false;
    byUid.set(row.uid, {
      uid: row.uid,
      flags: row.flags ?? [],
      internalDate: row.internalDate ?? '',
      body: row.body,
      row: row.more ? 'with more' : 'as asked',
    });
    return true;
  });
  const missing = uids.filter((uid) => !byUid.has(uid));
  const fetched =
    missing.length === 0 && inOrder(byUid, uids) ? [...byUid.values()] : uids.flatMap((uid) => byUid.get(uid) ?? []);
  return { fetched, missing, answer };
}

function inOrder(byUid: ReadonlyMap<number, Fetched>, uids: readonly number[]): boolean {
  let at = 0;
  for (const uid of byUid.keys()) if (uid !== uids[at++]) return false;
  return true;
}

/** What a scan asks of each message. */
export type ScanItems = 'sizes' | 'sizes, dates and flags' | 'sizes, dates, flags and ids';

const ITEMS: Readonly<Record<ScanItems, string>> = {
  sizes: '(UID RFC822.SIZE)',
  'sizes, dates and flags': '(UID FLAGS INTERNALDATE RFC822.SIZE)',
  'sizes, dates, flags and ids': '(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])',
};

/** A row that names its message. */
export type NamedRow = FetchRow & { readonly uid: number };

/**
 * Reads what is known of messages without their bodies.
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
  const answer = await desk.command(folder, 'UID FETCH', [`UID FETCH ${set} ${ITEMS[items]}`], (response) => {
    if (!isFetchRow(response)) return false;
    const row = parseFetchRow(response);
    // Without a size it is none of ours: a flag that somebody changed meanwhile is told in a row of its own.
    if (row?.uid === undefined || row.size === undefined) return false;
    onRow({ ...row, uid: row.uid });
    return true;
  });
  if (answer.status !== 'OK') throw new Refused(desk.wire.side, 'UID FETCH', answer.line, folder);
}

/**
 * Which of these UIDs the server still has. SEARCH is asked first, for a FETCH may leave the very row out
 * again; what SEARCH does not name counts as gone only where FETCH has no row of it either.
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
 * The UIDs of a set by FETCH, which asks of each row what a server can hardly fail to say.
 *
 * @throws Refused where the server does not answer OK
 */
export async function fetchUids(desk: Desk, folder: string, set: string): Promise<UidSet> {
  const there = new UidSet();
  const answer = await desk.command(folder, 'UID FETCH', [`UID FETCH ${set} (UID)`], (response) => {
    const row = isFetchRow(response) ? parseFetchRow(response) : undefined;
    if (row?.uid === undefined) return false;
    there.add(row.uid);
    return true;
  });
  if (answer.status !== 'OK') throw new Refused(desk.wire.side, 'UID FETCH', answer.line, folder);
  return there;
}
