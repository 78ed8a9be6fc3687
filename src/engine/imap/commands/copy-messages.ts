import type { UidSet } from '../../../store/uid/uid-set.js';
import { astring } from '../grammar/piece.js';
import { must } from '../session/refused.js';
import { type CopyUid, copyUidOf } from './copy-uid.js';
import type { Desk } from './desk.js';

/**
 * Copies messages of the destination into another of its folders (RFC 9051 section 6.4.7): all of them or none.
 *
 * @param uids  few enough for one command line
 * @returns null where the server does not tell their new UIDs
 * @throws Refused, ConnectionLost
 */
export async function copyMessages(desk: Desk, folder: string, uids: UidSet, to: string): Promise<CopyUid | null> {
  if (desk.wire.side !== 'destination') throw new Error('nothing is copied at the source');
  const answer = await desk.command(folder, 'UID COPY', [`UID COPY ${uids} `, astring(to)]);
  return copyUidOf(must('destination', 'UID COPY', answer, folder));
}
