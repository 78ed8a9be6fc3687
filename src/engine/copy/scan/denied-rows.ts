import { UidSet } from '../../../store/uid/uid-set.js';
import type { Desk } from '../../imap/commands/desk.js';
import type { Opened } from '../../imap/commands/folders.js';
import type { NamedRow } from '../../imap/grammar/row-merger.js';

/**
 * Whether a row that nobody asked for is of another folder: its number is above the folder's count, and its UID was not
 * given yet. One of the two alone may be the server's mistake.
 */
export function isDenied(desk: Desk, folder: string, { number, uid }: NamedRow): boolean {
  const exists = desk.exists(folder);
  const uidNext = desk.lastOpened(folder)?.uidNext ?? null;
  return number !== undefined && exists !== null && number > exists && uidNext !== null && uid >= uidNext;
}

/**
 * Rows whose UID was not given yet when the folder was opened, and whose number is that of a message that was there. If
 * each message that was there has a row of its own, these are of no message. Mail that arrived has a higher number.
 */
export class RowsOfNone {
  readonly #doubted = new UidSet();

  /** The row must come behind the answer to the opening. */
  see({ number, uid }: NamedRow, opened: Opened | null): void {
    const { messages = null, uidNext = null } = opened ?? {};
    if (number === undefined || messages === null || uidNext === null) return;
    if (number <= messages && uid >= uidNext) this.#doubted.add(uid);
  }

  /** @param listed  how many messages have a row now, or were settled before */
  given(listed: number, { messages }: Opened): UidSet {
    return messages !== null && listed - this.#doubted.size >= messages ? this.#doubted : new UidSet();
  }
}
