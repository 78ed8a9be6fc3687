import { UidSet } from '../../../store/uid/uid-set.js';
import type { Desk } from '../../imap/commands/desk.js';
import { scanMessages, stillThere } from '../../imap/commands/scan.js';
import { setsAround, setsOf } from '../../imap/commands/uid-windows.js';
import { isDeletedFlag } from '../../imap/grammar/flags.js';
import { expungedAsDeleted } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import type { FolderPair } from '../map/folder-pair.js';
import type { SentMessage, SentTable } from '../sent.js';
import { someNotStored } from './loss-findings.js';
import { takeBackLost } from './not-kept.js';

/** A folder with messages that were stored, and that a later connection is to see. */
export interface Owing {
  readonly pair: FolderPair;
  readonly ledger: FolderJob['ledger'];
  /** Messages as this run sent them. About others the source is asked. */
  readonly sent: Pick<SentTable, 'get'>;
  readonly progress: Pick<FolderJob['progress'], 'failed' | 'takenBack'>;
}

/**
 * The counters of a folder when it was read back. They may differ from what the folder holds, but the same counters
 * again mean that nothing changed.
 */
export interface Stood {
  readonly messages: number | null;
  readonly uidNext: number | null;
}

/**
 * Whether the folder holds the same messages as before. It does where it gave no new UID and counts as many, because
 * UIDs rise.
 */
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
 * @throws ConnectionLost, UidValidityChanged
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

/** Enters messages without a known UID: nobody can tell which of them are missing, only how many. */
function enterUnnamed(context: CopyContext, { source }: FolderPair, unknown: UidSet, missing: number): void {
  if (unknown.isEmpty || missing <= 0) return;
  const finding = someNotStored(Math.min(missing, unknown.size), unknown);
  context.fail({ side: 'destination', command: 'read back', folder: source.name, uids: new UidSet(), ...finding });
}

async function goneAmong(desk: Desk, folder: string, uids: UidSet): Promise<UidSet> {
  const there = await Promise.all(setsOf(uids).map((set) => stillThere(desk, folder, set)));
  return there.reduce((gone, some) => gone.minus(some), uids);
}

/** Asks the source for the messages that an earlier run sent: nothing is remembered of each. */
async function toldBySource(
  { connections: { source }, sending }: CopyContext,
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
