import { MAX_UID } from '../../store/uid.js';
import type { Desk } from './desk.js';
import type { Tagged } from './tagged.js';

const SEARCH_ROW = /^\* SEARCH\b([\d ]*)/i;

/** What SEARCH named, and its answer. */
export interface Searched {
  readonly uids: readonly number[];
  readonly answer: Tagged;
}

/**
 * Which UIDs of a set the folder holds (RFC 9051 section 6.4.4, in its older form that every
 * server speaks). Servers answer it without looking at the messages, where a FETCH may trip.
 */
export async function searchUids(desk: Desk, folder: string, set: string): Promise<Searched> {
  const uids: number[] = [];
  const answer = await desk.command(folder, 'UID SEARCH', [`UID SEARCH UID ${set}`], ({ text }) => {
    const row = SEARCH_ROW.exec(text);
    if (!row) return false;
    for (const text of row[1]!.split(' ')) {
      const uid = Number(text);
      if (uid >= 1 && uid <= MAX_UID) uids.push(uid);
    }
    return true;
  });
  return { uids, answer };
}
