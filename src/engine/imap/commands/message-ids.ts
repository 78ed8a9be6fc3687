import { must } from '../session/refused.js';
import type { Desk } from './desk.js';
import { fetchRows } from './scan.js';

/** The id of a message, as Gmail tells it in each folder that shows the message. */
export interface IdentifiedRow {
  readonly uid: number;
  /** X-GM-MSGID; null: it was not told, or is no number. */
  readonly id: bigint | null;
  /** RFC822.SIZE; null: it was not told. */
  readonly size: number | null;
}

/**
 * Asks for the id of each message of a set (X-GM-EXT-1).
 *
 * @param onRow  may be told of a message that nobody asked for
 * @throws Refused where the server does not answer OK
 */
export async function fetchMessageIds(
  desk: Desk,
  folder: string,
  set: string,
  onRow: (row: IdentifiedRow) => void,
): Promise<void> {
  const answer = await fetchRows(desk, folder, set, '(UID X-GM-MSGID RFC822.SIZE)', ({ uid, messageId, size }) => {
    onRow({ uid, id: messageId ?? null, size: size ?? null });
  });
  must(desk.wire.side, 'UID FETCH', answer, folder);
}
