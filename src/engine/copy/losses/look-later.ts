import { UidSet } from '../../../store/uid/uid-set.js';
import type { Desk } from '../../imap/commands/desk.js';
import { scanMessages, stillThere } from '../../imap/commands/scan.js';
import { setsAround, setsOf } from '../../imap/commands/uid-windows.js';
import { expungedAsDeleted } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import type { FolderPair } from '../map/folder-pair.js';
import { isDeletedFlag } from '../message/outgoing.js';
import type { SentMessage, SentTable } from '../sent.js';
import { someNotStored } from './loss-findings.js';
import { takeBackLost } from './not-kept.js';

/** A folder with messages that were stored, to be seen on a connection that was opened later. */
export interface Owing {
  readonly pair: FolderPair;
  readonly ledger: FolderJob['ledger'];
  /** Messages as they were sent, where this run sent them. The source is asked about others. */
  readonly sent: Pick<SentTable, 'get'>;
  readonly progress: Pick<FolderJob['progress'], 'failed' | 'takenBack'>;
}

/** The destination's folder as it was read back: what it counts is not what it holds, but the same again is the same. */
export interface Stood {
  readonly messages: number | null;
  readonly uidNext: number | null;
}

/** UIDs rise, so a folder that gave no new one and holds as many as before holds the same. */
export function isUnchanged(before: Stood, now: Stood): boolean {
  const isTold = before.messages !== null && before.uidNext !== null;
  return isTold && before.messages === now.messages && before.uidNext === now.uidNext;
}

/**
 * Looks which of a folder's unproven messages are still there. Those that are gone are open failures that say why.
 *
 * @param desk     of a connection that was opened after they were stored
 * @param missing  how many messages fewer the folder counts than when it was read back; null: it was not. Then messages
 *                 without a known UID stay unproven, and reading the folder back decides about them
 * @returns how many were taken back
 * @throws Refused where the server refuses to look: nothing is known then
 * @throws LineLost, UidValidityChanged
 */
export async function lookLater(
  context: CopyContext,
  desk: Desk,
  { pair, ledger, sent, progress }: Owing,
  missing: number | null,
): Promise<number> {
  const { unproven } = ledger;
  const byDestination = new Map<number, number>();
  for (const uid of unproven) {
    const destination = ledger.destinationOf(uid);
    if (destination !== undefined) byDestination.set(destination, uid);
  }
  const gone = await goneAmong(desk, pair.destination.wire, UidSet.from(byDestination.keys()));
  const lost = UidSet.from([...gone].flatMap((uid) => byDestination.get(uid) ?? []));
  const untold = UidSet.from([...lost].filter((uid) => sent.get(uid) === undefined));
  const told = await toldBySource(context, pair.source.wire, untold);
  const sentAs = { get: (uid: number) => sent.get(uid) ?? told.get(uid) };
  const losing = {
    pair,
    ledger,
    sent: sentAs,
    progress,
    todo: { sizeOf: (uid: number) => sentAs.get(uid)?.size ?? 0 },
  };
  const marked = UidSet.from([...lost].filter((uid) => sentAs.get(uid)?.flags.some(isDeletedFlag)));
  takeBackLost(context, losing, marked, expungedAsDeleted);
  takeBackLost(context, losing, lost.minus(marked), 'dropped');
  if (missing !== null) enterUnnamed(context, pair, ledger.unknown, missing - lost.size);
  ledger.proven(missing === null ? unproven.minus(ledger.unknown) : unproven);
  return lost.size;
}

/** Of messages whose UID nobody knows it can be told only that some are missing. */
function enterUnnamed(context: CopyContext, { source }: FolderPair, unknown: UidSet, missing: number): void {
  if (unknown.isEmpty || missing <= 0) return;
  const finding = someNotStored(Math.min(missing, unknown.size), unknown);
  context.fail({ side: 'destination', command: 'read back', folder: source.name, uids: new UidSet(), ...finding });
}

async function goneAmong(desk: Desk, folder: string, uids: UidSet): Promise<UidSet> {
  const there = await Promise.all(setsOf(uids).map((set) => stillThere(desk, folder, set)));
  return there.reduce((gone, some) => gone.minus(some), uids);
}

/** Nothing is remembered, message by message, of what an earlier run sent. */
async function toldBySource(
  { lines: { source }, sending }: CopyContext,
  folder: string,
  uids: UidSet,
): Promise<ReadonlyMap<number, SentMessage>> {
  const told = new Map<number, SentMessage>();
  const scans = setsAround(uids).map((set) =>
    scanMessages(source.scan, folder, set, 'sizes, dates and flags', ({ uid, size = 0, flags = [] }) => {
      const kept = sending.deleted === 'strip' ? flags.filter((flag) => !isDeletedFlag(flag)) : flags;
      if (uids.has(uid)) told.set(uid, { size, date: undefined, flags: kept, exact: '' });
    }),
  );
  await Promise.all(scans);
  return told;
}
