import { UidSet } from '../../../store/uid/uid-set.js';
import type { Tagged } from '../connection/tagged.js';
import { readUid } from '../grammar/counters.js';
import type { Response } from '../grammar/response-reader.js';
import type { Desk } from './desk.js';
import { overSet } from './over-set.js';
import { uidsIn } from './uid-windows.js';

const SEARCH_ROW = /^\* +SEARCH\b([\d ]*)/i;
/** ESEARCH (RFC 4731). Servers of IMAP4rev2 answer with it whether they were asked to or not. */
const ESEARCH_ROW = /^\* +ESEARCH\b(?:.*\bALL +([\d:,]+))?/i;

/** The UIDs that SEARCH named, and its answer. */
export interface Searched {
  readonly uids: UidSet;
  readonly answer: Tagged;
}

/** Stands in for the answer of a server whose connection breaks with SEARCH in this folder. */
const NOT_ASKED: Tagged = {
  status: 'NO',
  line: 'NO SEARCH breaks the connection: it is not asked again',
  code: null,
  codeArgs: '',
};

/**
 * Finds the UIDs of a set that exist in the folder (RFC 9051 section 6.4.4, in its older form that every server
 * speaks). Servers answer SEARCH without reading the messages, where a FETCH may fail.
 */
export async function searchUids(desk: Desk, folder: string, set: string): Promise<Searched> {
  const uids = new UidSet();
  if (!desk.readings.of(folder, 'rows').isSearchable) return { uids, answer: NOT_ASKED };
  const answer = await overSet(desk, folder, set, {
    name: 'UID SEARCH',
    write: (some) => `UID SEARCH UID ${some}`,
    take: (response, came) => {
      const found = readSearch(response);
      if (!found) return false;
      uids.addAll(found);
      came.addAll(found);
      return true;
    },
  });
  return { uids, answer };
}

/** Finds messages by a Message-ID that needs no quoting.  @returns none where it refuses */
export async function searchMessageId(desk: Desk, folder: string, messageId: string): Promise<UidSet> {
  const uids = new UidSet();
  await desk.command(folder, 'UID SEARCH', [`UID SEARCH HEADER MESSAGE-ID "${messageId}"`], (response) => {
    const found = readSearch(response);
    if (found) uids.addAll(found);
    return found !== null;
  });
  return uids;
}

/** UIDs of a `* SEARCH` or `* ESEARCH`, without words that are no UIDs; null: it is another response. */
function readSearch({ text }: Response): UidSet | null {
  const row = SEARCH_ROW.exec(text);
  if (row) return UidSet.from(row[1]!.split(' ').flatMap((uid) => readUid(uid) ?? []));
  const extended = ESEARCH_ROW.exec(text);
  if (!extended) return null;
  return extended[1] === undefined ? new UidSet() : readSet(extended[1]);
}

function readSet(text: string): UidSet {
  try {
    return uidsIn(text);
  } catch {
    return new UidSet();
  }
}
