import type { Uid } from '../../store/uid/uid.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { fetchGlances } from '../imap/commands/fetch-message.js';
import { must } from '../imap/session/refused.js';
import type { Session } from '../imap/session/session.js';
import { loadMessageHeader, openFolderOf } from './look-at-message.js';
import { readable } from './readable.js';

/** The header fields by which a message's owner knows it. Texts are made safe for a terminal. */
export interface MessageHeader {
  readonly from: string;
  readonly subject: string;
  /** The Date field as it stands in the message, else the server's own date. */
  readonly date: string;
  /** Bytes. */
  readonly size: number;
  readonly messageId: string;
}

/** Messages of a source folder, by the UIDs that the error ledger has. */
export interface MessagesIn {
  readonly folder: string;
  /** UIDVALIDITY of the folder when the UIDs were noted; null: not known. */
  readonly uidValidity: string | null;
  readonly uids: UidSet;
}

/** Messages that are asked for in one command. */
const AT_ONCE = 200;

/**
 * Reads the headers of many messages of a source folder. EXAMINE opens it, BODY.PEEK leaves them unread for their owner.
 *
 * @param onRead  told how many of them were asked for, after each command
 * @returns those that the source still has
 * @throws MessageNotHad, Refused, ConnectionLost
 */
export async function readHeaders(
  session: Session,
  { folder, uidValidity, uids }: MessagesIn,
  onRead: (asked: number) => void,
): Promise<ReadonlyMap<Uid, MessageHeader>> {
  const headers = new Map<Uid, MessageHeader>();
  const all = [...uids];
  const [first] = all;
  if (first === undefined) return headers;
  const { desk, wire } = await openFolderOf(session, { folder, uid: first, uidValidity });
  const { readField } = await loadMessageHeader();
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const some = new Set(all.slice(from, from + AT_ONCE));
    const answer = await fetchGlances(
      desk,
      wire,
      UidSet.from(some).toString(),
      (uid, { header, size, internalDate }) => {
        if (!some.has(uid)) return;
        headers.set(uid, {
          from: readField(header, 'from'),
          subject: readField(header, 'subject'),
          date: readField(header, 'date') || readable(internalDate),
          size,
          messageId: readField(header, 'message-id'),
        });
      },
    );
    must('source', 'UID FETCH', answer, wire);
    onRead(Math.min(all.length, from + AT_ONCE));
  }
  return headers;
}
