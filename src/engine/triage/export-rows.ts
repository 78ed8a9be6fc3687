import type { ErrorEntry } from '../../store/errors/error-entry.js';
import type { Uid } from '../../store/uid/uid.js';
import type { Side } from '../../words/side.js';
import type { Kind } from '../../words/verdict.js';
import type { Selected } from '../decisions/selection.js';
import { sanitise } from '../responses/sanitise.js';

/** One failed message, or one failure of no message: plain data, texts of servers sanitised. */
export interface ExportRow {
  readonly mailbox: string;
  readonly folder: string | null;
  /** UID at the source; null: a failure of no message. */
  readonly uid: Uid | null;
  readonly side: Side;
  readonly command: string;
  readonly code: string | null;
  readonly kind: Kind;
  /** How often this message was tried; how often it happened, for a failure of no message. */
  readonly attempts: number;
  /** ISO 8601, UTC: of its cause in its folder. */
  readonly first: string;
  readonly last: string;
  /** The last response to this message, as far as it was kept; else that to another one with the same cause. */
  readonly response: string;
}

export const EXPORT_COLUMNS = [
  'mailbox',
  'folder',
  'uid',
  'side',
  'command',
  'code',
  'kind',
  'attempts',
  'first',
  'last',
  'response',
] as const satisfies readonly (keyof ExportRow)[];

/** A row for each selected message, one at a time: a million of them need not be in memory. */
export function* exportRows(selected: Iterable<Selected>): Generator<ExportRow> {
  for (const { email: mailbox, entry, uids } of selected) {
    const { side, command, code, own, times } = entry;
    const { kind } = entry.verdict;
    const folder = entry.folder === null ? null : sanitise(entry.folder);
    const first = new Date(entry.firstAt).toISOString();
    const last = new Date(entry.lastAt).toISOString();
    const sample = sanitise(entry.sample);
    // Written out: a spread of what is the same costs more than all the rest of a row.
    const row = (uid: Uid | null, attempts: number, response: string): ExportRow => {
      return { mailbox, folder, uid, side, command, code, kind, attempts, first, last, response };
    };
    if (uids.isEmpty) yield row(null, times, sample);
    for (const uid of uids) {
      const said = own.get(uid);
      yield row(uid, triedOf(entry, uid), said === undefined ? sample : sanitise(said));
    }
  }
}

function triedOf({ attempts }: ErrorEntry, uid: Uid): number {
  for (const [count, uids] of attempts) if (uids.has(uid)) return count;
  return 0;
}
