import { UidSet } from '../../../store/uid/uid-set.js';
import { astring } from '../grammar/piece.js';
import type { Response } from '../grammar/response-reader.js';
import { must, unlessRefused } from '../session/refused.js';
import type { Session } from '../session/session.js';
import { type CopyUid, copyUidOf, readCopyUid } from './copy-uid.js';
import type { Desk } from './desk.js';
import { stillThere } from './scan.js';

/** How messages leave a folder: by MOVE (RFC 6851), or as a copy whose original is marked `\Deleted` and stays. */
export type MoveWay = 'MOVE' | 'COPY';

export function moveWayOf({ capabilities }: Session): MoveWay {
  return capabilities.has('MOVE') ? 'MOVE' : 'COPY';
}

/** The result of one MOVE or COPY. */
export interface Moved {
  /** UIDs that left the folder, or were copied and marked, each with its UID in the other folder (null: not told). */
  readonly uids: ReadonlyMap<number, number | null>;
  /** UIDVALIDITY of the other folder; null: not told (no UIDPLUS). */
  readonly toUidValidity: string | null;
}

/**
 * Moves messages of the destination to another of its folders. Never expunges: without MOVE the originals stay,
 * marked `\Deleted`, for whoever expunges that folder one day.
 *
 * @param uids  of the open folder; few enough for one command line
 * @throws Refused  where the server refuses; nothing was marked then
 */
export async function moveMessages(desk: Desk, way: MoveWay, folder: string, uids: UidSet, to: string): Promise<Moved> {
  const { side } = desk.wire;
  if (side !== 'destination') throw new Error('nothing is moved at the source');
  let copyUid: CopyUid | null = null;
  const onData = ({ text }: Response) => {
    const code = /^\* OK \[COPYUID ([^\]]*)\]/i.exec(text);
    if (code) copyUid = readCopyUid(code[1]!) ?? copyUid;
    return code !== null;
  };
  const command = `UID ${way}`;
  const answer = await desk.command(folder, command, [`${command} ${uids} `, astring(to)], onData);
  must(side, command, answer, folder);
  copyUid = copyUidOf(answer) ?? copyUid;
  const told: CopyUid | null = copyUid;
  // COPYUID proves a COPY; without it, the server's OK does. After a MOVE, messages that are not there any more have
  // moved.
  const gone = way === 'MOVE' ? uids.minus(await leftOf(desk, folder, uids)) : copiedOf(told, uids);
  if (way === 'COPY' && !gone.isEmpty) {
    const stored = await desk.command(folder, 'UID STORE', [`UID STORE ${gone} +FLAGS.SILENT (\\Deleted)`]);
    must(side, 'UID STORE', stored, folder);
  }
  return {
    uids: new Map([...gone].map((uid) => [uid, told?.pairs.get(uid) ?? null])),
    toUidValidity: told?.uidValidity ?? null,
  };
}

/**
 * UIDs that a MOVE left behind although it was answered OK. A server may refuse to look for messages that are not
 * there.
 */
async function leftOf(desk: Desk, folder: string, uids: UidSet): Promise<UidSet> {
  return (await unlessRefused(stillThere(desk, folder, uids.toString()))) ?? new UidSet();
}

/** Takes the mark of deletion off again. @throws Refused */
export async function unmarkDeleted(desk: Desk, folder: string, uids: UidSet): Promise<void> {
  const answer = await desk.command(folder, 'UID STORE', [`UID STORE ${uids} -FLAGS.SILENT (\\Deleted)`]);
  must(desk.wire.side, 'UID STORE', answer, folder);
}

function copiedOf(told: CopyUid | null, uids: UidSet): UidSet {
  if (told === null) return uids.clone();
  const copied = uids.clone();
  for (const uid of uids) if (!told.pairs.has(uid)) copied.delete(uid);
  return copied;
}
