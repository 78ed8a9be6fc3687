import { UidSet } from '../../store/uid-set.js';
import type { Desk } from '../imap/desk.js';
import { fetchUids, scanMessages } from '../imap/fetch.js';
import type { Opened } from '../imap/folders.js';
import { searchUids } from '../imap/search.js';
import { TodoList } from './todo-list.js';

/** Command lines are kept under 8 KB (RFC 7162 section 4). */
export const LONGEST_SET = 7500;

/** A source folder while it is listed. */
export interface SourceScan {
  readonly opened: Promise<Opened>;
  /** What is not settled, in ascending order of UID. */
  readonly unsettled: Promise<TodoList>;
}

/** Writes EXAMINE and the FETCH of UIDs and sizes at once; neither waits for the other's answer. */
export function startScan(desk: Desk, folder: string, settled: UidSet): SourceScan {
  const opened = desk.reopen(folder);
  opened.catch(() => {});
  const rows = new TodoList();
  const scans = setsToScan(settled).map(({ set, from }) =>
    scanMessages(desk, folder, set, 'sizes', ({ uid, size }) => {
      if (uid >= from && !settled.has(uid)) rows.push(uid, size ?? 0);
    }),
  );
  const unsettled = Promise.all(scans).then(() => rows.sort());
  unsettled.catch(() => {});
  return { opened, unsettled };
}

/** What a listing of a source folder left out. */
export interface Overlooked {
  /** UIDs that the list lacks and that are there. */
  readonly uids: UidSet;
  /** How many more the folder holds, under UIDs that nobody can tell; 0 where SEARCH answered. */
  readonly unknown: number;
  /** The answer that refused SEARCH; null where it was not asked or answered OK. */
  readonly refused: string | null;
}

/**
 * Looks for what the list lacks: a FETCH may leave a row out without a word, or send one that cannot be
 * read, and a message that is not listed would never be copied. Asked for only where the list and
 * the folder's count do not agree, or a message that must be accounted for is not listed.
 *
 * @param messages what the folder held when it was opened
 * @param due      UIDs that are settled as vanished where they are not there
 * @throws Refused where the server refuses SEARCH and the FETCH of its UIDs
 */
export async function overlooked(
  desk: Desk,
  folder: string,
  messages: number,
  settled: UidSet,
  listed: UidSet,
  due: UidSet,
): Promise<Overlooked> {
  const missing = new UidSet();
  if (messages === settled.size + listed.size && due.minus(listed).isEmpty) {
    return { uids: missing, unknown: 0, refused: null };
  }
  const searches = setsToScan(settled).map(({ set }) => searchUids(desk, folder, set));
  for (const { uids, answer } of await Promise.all(searches)) {
    if (answer.status !== 'OK') return overlookedByFetch(desk, folder, messages, settled, listed, answer.line);
    for (const uid of uids) if (!settled.has(uid) && !listed.has(uid)) missing.add(uid);
  }
  return { uids: missing, unknown: 0, refused: null };
}

/** The rows of a plain FETCH are counted: those of what is settled too, for some of it may be gone. */
async function overlookedByFetch(
  desk: Desk,
  folder: string,
  messages: number,
  settled: UidSet,
  listed: UidSet,
  refused: string,
): Promise<Overlooked> {
  const there = (await fetchUids(desk, folder, '1:*')).union(listed);
  return { uids: there.minus(settled).minus(listed), unknown: Math.max(0, messages - there.size), refused };
}

interface ScanSet {
  readonly set: string;
  /** `n:*` names the last message even where its UID is under n (RFC 9051 section 6.4.9). */
  readonly from: number;
}

/** Everything above what is settled without a gap; the gaps where they are few. */
function setsToScan(settled: UidSet): ScanSet[] {
  if (settled.isEmpty) return [{ set: '1:*', from: 1 }];
  const last = settled.last!;
  const gaps = UidSet.range(1, last).minus(settled);
  if (gaps.runs > 2000) return [{ set: '1:*', from: 1 }];
  return [...gaps.strings(LONGEST_SET).map((set) => ({ set, from: 1 })), { set: `${last + 1}:*`, from: last + 1 }];
}
