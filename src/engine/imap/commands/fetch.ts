import { ConnectionLost } from '../connection/connection-lost.js';
import type { Tagged } from '../connection/tagged.js';
import type { Listener } from '../connection/wire.js';
import { keywordsOfLabels } from '../grammar/label-keywords.js';
import type { Literal } from '../grammar/response-reader.js';
import { type NamedRow, type RowItem, RowMerger } from '../grammar/row-merger.js';
import type { Desk } from './desk.js';
import { fetchRows, NOT_ASKED } from './scan.js';

/** A message as the source gave it. */
export interface Fetched {
  readonly uid: number;
  /** Null: the source did not tell them, even when it was asked again. */
  readonly flags: readonly string[] | null;
  /** As the source wrote it, or '' where it gave none. */
  readonly internalDate: string;
  readonly body: Literal;
  /** `with more`: the row held something that nobody asked for. */
  readonly row: 'as asked' | 'with more';
}

/** The result of fetching a chunk of UIDs. */
export interface Chunk {
  readonly fetched: readonly Fetched[];
  /** UIDs that were asked for and not given, in order. */
  readonly missing: readonly number[];
  readonly answer: Tagged;
}

/** The items asked for of each message, in the order of the wire. */
const WIRE = { flags: 'FLAGS', labels: 'X-GM-LABELS', internalDate: 'INTERNALDATE', body: 'BODY.PEEK[]' } as const;
type Asked = keyof typeof WIRE & RowItem;
const WHOLE: readonly Asked[] = ['flags', 'internalDate', 'body'];
const WITH_LABELS: readonly Asked[] = ['flags', 'labels', 'internalDate', 'body'];
const WITHOUT_FLAGS: readonly Asked[] = ['internalDate', 'body'];
const wireOf = (items: readonly Asked[]) => `(${['UID', ...items.map((item) => WIRE[item])].join(' ')})`;
const ALL_CAME: Tagged = { status: 'OK', line: 'OK', code: null, codeArgs: '' };

/**
 * Fetches whole messages, by UID, without marking them as read.
 *
 * Rows are counted against what was asked for: servers leave messages out without a word, send
 * rows that cannot be read, and mix in rows nobody asked for. What they say of a message in several
 * rows is put together, and flags and dates that did not come with the body are asked for again. A line that goes when
 * all of them have come takes nothing with it but the tagged answer.
 *
 * @param uids  in ascending order
 * @param set   the same as an IMAP sequence set
 * @param onLiteral asked before each literal is read; any that IMAP allows, unless given
 */
export async function fetchWhole(
  desk: Desk,
  folder: string,
  uids: readonly number[],
  set: string,
  flags: 'with flags' | 'without flags' = 'with flags',
  onLiteral: NonNullable<Listener['onLiteral']> = () => null,
): Promise<Chunk> {
  const byUid = new Map<number, NamedRow>();
  const wanted = new Set(uids);
  const whole = desk.labels === 'keywords' ? WITH_LABELS : WHOLE;
  const items = flags === 'with flags' ? whole : WITHOUT_FLAGS;
  const rows = new RowMerger(items, (row) => void byUid.set(row.uid, row));
  const take = (row: NamedRow) => {
    if (!wanted.has(row.uid) || byUid.has(row.uid)) return NOT_ASKED;
    return rows.take(row);
  };
  // At the destination, UIDs are of another folder than those that are copied.
  const of = desk.wire.side === 'source' ? 'copy' : 'bodies';
  const outstanding = { of, uids: () => uids.filter((uid) => !byUid.has(uid)) } as const;
  const ours: typeof onLiteral = (announced) => {
    const uid = uidIn(announced.text);
    return uid === null || wanted.has(uid) ? onLiteral(announced) : "another's";
  };
  const answer = await fetchRows(desk, folder, set, wireOf(items), take, ours, outstanding).catch((error: unknown) => {
    if (error instanceof ConnectionLost && uids.every((uid) => byUid.get(uid)?.body)) return ALL_CAME;
    throw error;
  });
  const inPieces = rows.incompleteWith('body');
  if (!inPieces.isEmpty) {
    const rest = items.filter((item) => item !== 'body');
    await fetchRows(desk, folder, inPieces.toString(), wireOf(rest), take);
  }
  rows.giveAsTheyAre(rows.incomplete);
  desk.meter?.came([...byUid.values()].flatMap(({ body }) => body?.length ?? []));
  const missing = uids.filter((uid) => !byUid.get(uid)?.body);
  const inOrder = missing.length === 0 && areInOrder(byUid, uids) ? byUid.values() : uids.map((uid) => byUid.get(uid));
  return { fetched: [...inOrder].flatMap((row) => asFetched(row) ?? []), missing, answer };
}

/** The UID that a row names before its literal; null: it has named none so far. */
function uidIn(text: string): number | null {
  const [, first, inside] = /^\* +(?:UIDFETCH +(\d{1,10})|\d+ +FETCH +\((?:.*? )?UID (\d{1,10})[ )])/i.exec(text) ?? [];
  const uid = first ?? inside;
  return uid === undefined ? null : Number(uid);
}

function asFetched(row: NamedRow | undefined): Fetched | null {
  if (!row?.body) return null;
  return {
    uid: row.uid,
    flags: row.flags && row.labels ? [...row.flags, ...keywordsOfLabels(row.labels)] : (row.flags ?? null),
    internalDate: row.internalDate ?? '',
    body: row.body,
    row: row.more ? 'with more' : 'as asked',
  };
}

function areInOrder(byUid: ReadonlyMap<number, NamedRow>, uids: readonly number[]): boolean {
  let at = 0;
  for (const uid of byUid.keys()) if (uid !== uids[at++]) return false;
  return true;
}
